package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;

/**
 * Accumulates Σ a·vvᵀ. The inner loop adds four rows v at once to one row of the triangle: the triangle is then read
 * and written a quarter as often, and plain arrays with one index are what the compiler turns into vector instructions.
 */
final class SymmetricSum {
    private final double[][] triangle;

    SymmetricSum(int size) {
        triangle = new double[size][];
        for (int i = 0; i < size; i++) {
            triangle[i] = new double[i + 1];
        }
    }

    /** Adds {@code factors[r] · rows[r] rows[r]ᵀ} for the first {@code count} rows. */
    void add(double[][] rows, double[] factors, int count) {
        int r = 0;
        for (; r + 4 <= count; r += 4) {
            for (int i = 0; i < triangle.length; i++) {
                addFour(
                        triangle[i],
                        factors[r] * rows[r][i],
                        rows[r],
                        factors[r + 1] * rows[r + 1][i],
                        rows[r + 1],
                        factors[r + 2] * rows[r + 2][i],
                        rows[r + 2],
                        factors[r + 3] * rows[r + 3][i],
                        rows[r + 3]);
            }
        }
        for (; r < count; r++) {
            add(rows[r], factors[r]);
        }
    }

    void add(double[] row, double factor) {
        for (int i = 0; i < triangle.length; i++) {
            double a = factor * row[i];
            double[] sum = triangle[i];
            for (int j = 0; j <= i; j++) {
                sum[j] += a * row[j];
            }
        }
    }

    private static void addFour(
            double[] sum, double a, double[] u, double b, double[] v, double c, double[] w, double d, double[] x) {
        int length = sum.length;
        for (int j = 0; j < length; j++) {
            sum[j] += a * u[j] + b * v[j] + c * w[j] + d * x[j];
        }
    }

    Vector packed() {
        double[] packed = new double[PackedSymmetric.packedSize(triangle.length)];
        int next = 0;
        for (double[] row : triangle) {
            System.arraycopy(row, 0, packed, next, row.length);
            next += row.length;
        }
        return Vector.of(packed);
    }
}
