package dev.assay.estimator.columns;

/**
 * Comparisons of one shard, row after row in chunks of {@link #CHUNK_SLOTS} slots. Not safe for changes by several threads
 * at once; passes may read it from several.
 */
public abstract sealed class ComparisonStore permits DoubleComparisonStore, FloatComparisonStore {
    static final int CHUNK_BITS = 12;
    public static final int CHUNK_SLOTS = 1 << CHUNK_BITS;

    /** Moves over the slots of a store; every thread of a pass has its own. */
    public interface Window {
        /** The rows in those slots, all of one chunk. They are the same object after every move. */
        Rows at(int firstSlot, int count);
    }

    /** d. */
    public abstract int rewardDimension();

    /** k, may be 0. */
    public abstract int rationalityDimension();

    /** Rows held. */
    public abstract long size();

    /**
     * Clears the block and fills it with the next rows. The order of rows is the same in every pass as long as nothing
     * is changed.
     *
     * @param cursor 0 to begin, then what the last call returned
     * @return where to go on; the end is reached when the block comes back empty
     */
    public abstract long read(long cursor, ComparisonBlock block);

    /** Slots in use or free; all slots from there on were never used. */
    public abstract int slots();

    /**
     * @param precision of the sums
     * @param capacity  most rows of one move
     */
    public abstract Window window(Precision precision, int capacity);
}
