package dev.assay.estimator.algebra;

import java.util.Arrays;

/** An immutable vector of finite numbers; size 0 is allowed. Two vectors are equal if all their bits are. */
public final class Vector {
    private final double[] values;

    private Vector(double[] values) {
        this.values = values;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("vector entry " + i + " must be finite, was " + values[i]);
            }
        }
    }

    /** @throws IllegalArgumentException if an entry is NaN or infinite */
    public static Vector of(double... values) {
        return new Vector(values.clone());
    }

    /**
     * Floats widened to doubles, which loses nothing.
     *
     * @throws IllegalArgumentException if one is NaN or infinite
     */
    public static Vector ofFloats(float... values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new Vector(wide);
    }

    public static Vector zeros(int size) {
        return new Vector(new double[size]);
    }

    public int size() {
        return values.length;
    }

    public double get(int index) {
        return values[index];
    }

    public double dot(Vector other) {
        requireSameSize(other);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }

    /** Euclidean length. */
    public double length() {
        return Math.sqrt(dot(this));
    }

    public Vector plus(Vector other) {
        requireSameSize(other);
        double[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return new Vector(sum);
    }

    public Vector minus(Vector other) {
        requireSameSize(other);
        double[] difference = values.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= other.values[i];
        }
        return new Vector(difference);
    }

    public Vector times(double factor) {
        double[] product = values.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor;
        }
        return new Vector(product);
    }

    public Vector concat(Vector tail) {
        double[] joined = Arrays.copyOf(values, values.length + tail.values.length);
        System.arraycopy(tail.values, 0, joined, values.length, tail.values.length);
        return new Vector(joined);
    }

    /** Entries {@code from} (inclusive) to {@code to} (exclusive). */
    public Vector slice(int from, int to) {
        Require.that(
                0 <= from && from <= to && to <= values.length,
                "slice %s to %s of a vector of size %s",
                from,
                to,
                values.length);
        return new Vector(Arrays.copyOfRange(values, from, to));
    }

    /** A copy. */
    public double[] toArray() {
        return values.clone();
    }

    private void requireSameSize(Vector other) {
        Require.that(
                values.length == other.values.length, "sizes differ: %s and %s", values.length, other.values.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
