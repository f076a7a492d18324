package dev.assay.estimator.sums;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.Rows;

/**
 * Rows on their way into a sum or out of it, kept until there are enough for a product of matrices: a row at a time costs
 * several times as much. What enters is added before what leaves is taken out, so a row may do both.
 */
final class PendingRows {
    /** Where the rows go. */
    interface Pass {
        /** @param sign 1 to add the rows, -1 to take them out again */
        void add(Rows rows, double sign);
    }

    private final ComparisonBlock entering;
    private final ComparisonBlock leaving;
    private final Pass pass;

    PendingRows(int capacity, int rewardDimension, int rationalityDimension, Pass pass) {
        entering = new ComparisonBlock(capacity, rewardDimension, rationalityDimension);
        leaving = new ComparisonBlock(capacity, rewardDimension, rationalityDimension);
        this.pass = pass;
    }

    /**
     * The rows are copied.
     *
     * @param sign 1 if they enter, -1 if they leave
     */
    void change(ComparisonBlock rows, int sign) {
        ComparisonBlock into = sign > 0 ? entering : leaving;
        for (int r = 0; r < rows.rows(); r++) {
            if (into.full()) {
                flush();
            }
            into.copy(rows, r);
        }
    }

    /** Afterwards nothing is pending. */
    void flush() {
        if (entering.rows() > 0) {
            pass.add(entering.view(), 1);
            entering.clear();
        }
        if (leaving.rows() > 0) {
            pass.add(leaving.view(), -1);
            leaving.clear();
        }
    }

    long bytes() {
        return entering.bytes() + leaving.bytes();
    }
}
