package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Require;
import java.util.function.Consumer;

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

    final int rewardDimension;
    final int rationalityDimension;

    ComparisonStore(int rewardDimension, int rationalityDimension) {
        requireDimensions(rewardDimension, rationalityDimension);
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
    }

    static void requireDimensions(int rewardDimension, int rationalityDimension) {
        Require.that(rewardDimension > 0, "reward dimension must be above 0, was %s", rewardDimension);
        Require.that(rationalityDimension >= 0, "rationality dimension must not be below 0: %s", rationalityDimension);
    }

    /** d. */
    public final int rewardDimension() {
        return rewardDimension;
    }

    /** k, may be 0. */
    public final int rationalityDimension() {
        return rationalityDimension;
    }

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

    /** Shows all rows, block by block; the block is filled again after the call. */
    public final void forEach(Consumer<ComparisonBlock> each) {
        ComparisonBlock block = new ComparisonBlock(ComparisonBlock.ROWS, rewardDimension, rationalityDimension);
        for (long cursor = read(0, block); block.rows() > 0; cursor = read(cursor, block)) {
            each.accept(block);
        }
    }

    /** Slots in use or free; all slots from there on were never used. */
    public abstract int slots();

    /**
     * @param precision of the sums
     * @param capacity  most rows of one move
     */
    public abstract Window window(Precision precision, int capacity);
}
