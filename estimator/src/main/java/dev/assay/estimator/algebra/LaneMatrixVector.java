package dev.assay.estimator.algebra;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link MatrixVector} in vectors of four lanes, whatever the processor has, as the lanes decide the order of the sums: as fast
 * as the native products, bit for bit as the plain loops. Needs {@code --add-modules jdk.incubator.vector}, at run time and to
 * be compiled, which is why nothing but {@link Blas} knows this class, and by name only.
 */
final class LaneMatrixVector extends MatrixVector {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_128;

    @Override
    void fourDots(int columns, double[] a, int first, int stride, double[] x, double[] y, int at) {
        int second = first + stride;
        int third = second + stride;
        int fourth = third + stride;
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = columns & -LANES;
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector u = DoubleVector.fromArray(DOUBLES, x, j);
            s0 = DoubleVector.fromArray(DOUBLES, a, first + j).fma(u, s0);
            s1 = DoubleVector.fromArray(DOUBLES, a, second + j).fma(u, s1);
            s2 = DoubleVector.fromArray(DOUBLES, a, third + j).fma(u, s2);
            s3 = DoubleVector.fromArray(DOUBLES, a, fourth + j).fma(u, s3);
        }
        double[] sums = new double[FOUR_ROWS * LANES];
        store(s0, s1, s2, s3, sums);
        for (int r = 0; r < FOUR_ROWS; r++) {
            int from = first + r * stride;
            for (int j = whole; j < columns; j++) {
                int lane = r * LANES + j - whole;
                sums[lane] = Math.fma(a[from + j], x[j], sums[lane]);
            }
            y[at + r] = sum(sums, r * LANES);
        }
    }

    @Override
    void fourDots(int columns, float[] a, int first, int stride, double[] x, double[] y, int at) {
        int second = first + stride;
        int third = second + stride;
        int fourth = third + stride;
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = columns & -LANES;
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector u = DoubleVector.fromArray(DOUBLES, x, j);
            s0 = widened(a, first + j).fma(u, s0);
            s1 = widened(a, second + j).fma(u, s1);
            s2 = widened(a, third + j).fma(u, s2);
            s3 = widened(a, fourth + j).fma(u, s3);
        }
        double[] sums = new double[FOUR_ROWS * LANES];
        store(s0, s1, s2, s3, sums);
        for (int r = 0; r < FOUR_ROWS; r++) {
            int from = first + r * stride;
            for (int j = whole; j < columns; j++) {
                int lane = r * LANES + j - whole;
                sums[lane] = Math.fma(a[from + j], x[j], sums[lane]);
            }
            y[at + r] = sum(sums, r * LANES);
        }
    }

    @Override
    void addFourRows(int columns, double[] a, int first, int stride, double[] x, int r, double[] y, int at) {
        int second = first + stride;
        int third = second + stride;
        int fourth = third + stride;
        DoubleVector x0 = DoubleVector.broadcast(DOUBLES, x[r]);
        DoubleVector x1 = DoubleVector.broadcast(DOUBLES, x[r + 1]);
        DoubleVector x2 = DoubleVector.broadcast(DOUBLES, x[r + 2]);
        DoubleVector x3 = DoubleVector.broadcast(DOUBLES, x[r + 3]);
        int whole = columns & -LANES;
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector s = DoubleVector.fromArray(DOUBLES, y, at + j);
            s = DoubleVector.fromArray(DOUBLES, a, first + j).fma(x0, s);
            s = DoubleVector.fromArray(DOUBLES, a, second + j).fma(x1, s);
            s = DoubleVector.fromArray(DOUBLES, a, third + j).fma(x2, s);
            s = DoubleVector.fromArray(DOUBLES, a, fourth + j).fma(x3, s);
            s.intoArray(y, at + j);
        }
        for (int j = whole; j < columns; j++) {
            for (int i = 0; i < FOUR_ROWS; i++) {
                y[at + j] = Math.fma(a[first + i * stride + j], x[r + i], y[at + j]);
            }
        }
    }

    @Override
    void addFourRows(int columns, float[] a, int first, int stride, double[] x, int r, double[] y, int at) {
        int second = first + stride;
        int third = second + stride;
        int fourth = third + stride;
        DoubleVector x0 = DoubleVector.broadcast(DOUBLES, x[r]);
        DoubleVector x1 = DoubleVector.broadcast(DOUBLES, x[r + 1]);
        DoubleVector x2 = DoubleVector.broadcast(DOUBLES, x[r + 2]);
        DoubleVector x3 = DoubleVector.broadcast(DOUBLES, x[r + 3]);
        int whole = columns & -LANES;
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector s = DoubleVector.fromArray(DOUBLES, y, at + j);
            s = widened(a, first + j).fma(x0, s);
            s = widened(a, second + j).fma(x1, s);
            s = widened(a, third + j).fma(x2, s);
            s = widened(a, fourth + j).fma(x3, s);
            s.intoArray(y, at + j);
        }
        for (int j = whole; j < columns; j++) {
            for (int i = 0; i < FOUR_ROWS; i++) {
                y[at + j] = Math.fma(a[first + i * stride + j], x[r + i], y[at + j]);
            }
        }
    }

    private static DoubleVector widened(float[] a, int at) {
        return (DoubleVector) FloatVector.fromArray(FLOATS, a, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    private static void store(DoubleVector s0, DoubleVector s1, DoubleVector s2, DoubleVector s3, double[] sums) {
        s0.intoArray(sums, 0);
        s1.intoArray(sums, LANES);
        s2.intoArray(sums, 2 * LANES);
        s3.intoArray(sums, 3 * LANES);
    }

    private static double sum(double[] sums, int at) {
        return (sums[at] + sums[at + 1]) + (sums[at + 2] + sums[at + 3]);
    }
}
