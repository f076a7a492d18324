package dev.assay.estimator.algebra;

/**
 * Products of a row-major matrix and a vector whose bits depend on the numbers alone: not on where an array lies in memory, nor
 * on the processor, nor on whether {@link LaneMatrixVector} computes them.
 *
 * <p>A dot product is four sums, one for every fourth column, each a chain of fused multiply-adds in ascending order, added as
 * (s₀ + s₁) + (s₂ + s₃). A transposed product adds row after row to every entry, fused likewise. Floats are widened first:
 * every sum is float64.
 *
 * <p>Rejected: the native dgemv, which on some processors rounds by the array's place in memory, so that the same fit twice
 * gave other bits; a native dot product a row, whose calls cost more than the work below some hundred columns.
 *
 * <p>Every loop stands twice, over doubles and over floats, as Java has no arrays of either kind and a call for every number
 * would cost more than its product.
 */
class MatrixVector {
    static final int LANES = 4;
    static final int FOUR_ROWS = 4; // at a time, so that a sum need not wait for itself and x is read once for four

    /** y = A x. */
    final void times(int rows, int columns, double[] a, int offset, int stride, double[] x, double[] y) {
        int r = 0;
        for (; r + FOUR_ROWS <= rows; r += FOUR_ROWS) {
            fourDots(columns, a, offset + r * stride, stride, x, y, r);
        }
        for (; r < rows; r++) {
            y[r] = dot(columns, a, offset + r * stride, x);
        }
    }

    /** y = A x. */
    final void times(int rows, int columns, float[] a, int offset, int stride, double[] x, double[] y) {
        int r = 0;
        for (; r + FOUR_ROWS <= rows; r += FOUR_ROWS) {
            fourDots(columns, a, offset + r * stride, stride, x, y, r);
        }
        for (; r < rows; r++) {
            y[r] = dot(columns, a, offset + r * stride, x);
        }
    }

    /** y += Aᵀ x with y from {@code at} on. */
    final void addTransposed(
            int rows, int columns, double[] a, int offset, int stride, double[] x, double[] y, int at) {
        int r = 0;
        for (; r + FOUR_ROWS <= rows; r += FOUR_ROWS) {
            addFourRows(columns, a, offset + r * stride, stride, x, r, y, at);
        }
        for (; r < rows; r++) {
            addRow(columns, a, offset + r * stride, x[r], y, at);
        }
    }

    /** y += Aᵀ x with y from {@code at} on. */
    final void addTransposed(int rows, int columns, float[] a, int offset, int stride, double[] x, double[] y, int at) {
        int r = 0;
        for (; r + FOUR_ROWS <= rows; r += FOUR_ROWS) {
            addFourRows(columns, a, offset + r * stride, stride, x, r, y, at);
        }
        for (; r < rows; r++) {
            addRow(columns, a, offset + r * stride, x[r], y, at);
        }
    }

    void fourDots(int columns, double[] a, int first, int stride, double[] x, double[] y, int at) {
        for (int r = 0; r < FOUR_ROWS; r++) {
            y[at + r] = dot(columns, a, first + r * stride, x);
        }
    }

    void fourDots(int columns, float[] a, int first, int stride, double[] x, double[] y, int at) {
        for (int r = 0; r < FOUR_ROWS; r++) {
            y[at + r] = dot(columns, a, first + r * stride, x);
        }
    }

    void addFourRows(int columns, double[] a, int first, int stride, double[] x, int r, double[] y, int at) {
        for (int i = 0; i < FOUR_ROWS; i++) {
            addRow(columns, a, first + i * stride, x[r + i], y, at);
        }
    }

    void addFourRows(int columns, float[] a, int first, int stride, double[] x, int r, double[] y, int at) {
        for (int i = 0; i < FOUR_ROWS; i++) {
            addRow(columns, a, first + i * stride, x[r + i], y, at);
        }
    }

    private static double dot(int columns, double[] a, int from, double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            s0 = Math.fma(a[from + j], x[j], s0);
            s1 = Math.fma(a[from + j + 1], x[j + 1], s1);
            s2 = Math.fma(a[from + j + 2], x[j + 2], s2);
            s3 = Math.fma(a[from + j + 3], x[j + 3], s3);
        }
        s0 = j < columns ? Math.fma(a[from + j], x[j], s0) : s0;
        s1 = j + 1 < columns ? Math.fma(a[from + j + 1], x[j + 1], s1) : s1;
        s2 = j + 2 < columns ? Math.fma(a[from + j + 2], x[j + 2], s2) : s2;
        return (s0 + s1) + (s2 + s3);
    }

    private static double dot(int columns, float[] a, int from, double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + LANES <= columns; j += LANES) {
            s0 = Math.fma(a[from + j], x[j], s0);
            s1 = Math.fma(a[from + j + 1], x[j + 1], s1);
            s2 = Math.fma(a[from + j + 2], x[j + 2], s2);
            s3 = Math.fma(a[from + j + 3], x[j + 3], s3);
        }
        s0 = j < columns ? Math.fma(a[from + j], x[j], s0) : s0;
        s1 = j + 1 < columns ? Math.fma(a[from + j + 1], x[j + 1], s1) : s1;
        s2 = j + 2 < columns ? Math.fma(a[from + j + 2], x[j + 2], s2) : s2;
        return (s0 + s1) + (s2 + s3);
    }

    private static void addRow(int columns, double[] a, int from, double factor, double[] y, int at) {
        for (int j = 0; j < columns; j++) {
            y[at + j] = Math.fma(a[from + j], factor, y[at + j]);
        }
    }

    private static void addRow(int columns, float[] a, int from, double factor, double[] y, int at) {
        for (int j = 0; j < columns; j++) {
            y[at + j] = Math.fma(a[from + j], factor, y[at + j]);
        }
    }
}
