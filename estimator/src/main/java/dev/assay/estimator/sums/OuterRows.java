package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.OuterSum;

/** Rows on their way into an {@link OuterSum}, until there are enough for a product of matrices. */
final class OuterRows {
    private static final int ROWS = 128;

    private final OuterSum sum;
    private final int size;
    private double[] rows = new double[0];
    private int filled;
    private double sign = 1;

    OuterRows(OuterSum sum, int size) {
        this.sum = sum;
        this.size = size;
    }

    /**
     * Takes the next row.
     *
     * @param rowSign 1 to add its square, -1 to take it out again
     * @return where it starts in {@link #values}; the caller fills {@code size} numbers before the next call
     */
    int next(double rowSign) {
        if (filled == ROWS || rowSign != sign) {
            flush();
            sign = rowSign;
        }
        rows = rows.length == 0 ? new double[ROWS * size] : rows;
        return filled++ * size;
    }

    double[] values() {
        return rows;
    }

    void flush() {
        if (filled > 0) {
            sum.add(rows, filled, sign);
            filled = 0;
        }
    }

    long bytes() {
        return 8L * rows.length;
    }
}
