package dev.assay.estimator.descent;

/** Comparisons of one shard, column by column. Not safe for use by several threads at once. */
public interface ComparisonStore {
    /** d. */
    int rewardDimension();

    /** k, may be 0. */
    int rationalityDimension();

    /** Rows held. */
    long size();

    /**
     * Clears the block and fills it with the next rows. The order of rows is the same in every pass as long as nothing
     * is changed.
     *
     * @param cursor 0 to begin, then what the last call returned
     * @return where to go on; the end is reached when the block comes back empty
     */
    long read(long cursor, ComparisonBlock block);
}
