package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Comparison;
import java.util.function.Consumer;

/**
 * The live comparisons of one shard in float32, found by a 128-bit key: at most 4·(d + k) + 64 bytes each and no object
 * per judgment, free slots apart: once more than half of them are free, and a few chunks' worth, it shrinks. Rows are read in
 * slot order, which depends on nothing but the sequence of operations.
 */
public final class FloatComparisonStore extends ComparisonStore {
    private static final int BLOCK_NUMBERS = 1 << 18; // 2 MiB

    private final int chunkBits;
    private FloatColumns columns;
    private SlotIndex slots = new SlotIndex();

    public FloatComparisonStore(int rewardDimension, int rationalityDimension) {
        this(rewardDimension, rationalityDimension, CHUNK_BITS);
    }

    /** @param chunkBits as of {@link FloatColumns}; passes over windows need {@link #CHUNK_BITS} */
    FloatComparisonStore(int rewardDimension, int rationalityDimension, int chunkBits) {
        super(rewardDimension, rationalityDimension);
        this.chunkBits = chunkBits;
        this.columns = new FloatColumns(rewardDimension, rationalityDimension, chunkBits);
    }

    /**
     * Inserts the comparison of that key, or replaces it.
     *
     * @param cluster number of the annotator, at least 0, or -1 for a row that is its own cluster
     * @return true if the key is new, false if its comparison was replaced
     * @throws IllegalArgumentException if a number is not finite or out of its range; the store is then unchanged
     */
    public boolean upsert(
            long keyHigh,
            long keyLow,
            int cluster,
            float offset,
            float weight,
            float preference,
            float[] context,
            float[] difference) {
        Require.that(cluster >= ComparisonBlock.OWN_CLUSTER, "cluster must be at least -1, was %s", cluster);
        Require.that(Math.abs(offset) <= Comparison.LARGEST, "offset must be finite, was %s", offset);
        Require.that(weight >= 0 && weight <= Comparison.LARGEST, "weight must be finite and ≥ 0, was %s", weight);
        Require.that(preference >= 0 && preference <= 1, "preference must be between 0 and 1, was %s", preference);
        requireVector("context", context, rationalityDimension);
        requireVector("difference", difference, rewardDimension);
        int known = slots.find(keyHigh, keyLow);
        int slot = columns.put(known, cluster, offset, weight, preference, context, difference);
        if (known < 0) {
            slots.insert(keyHigh, keyLow, slot);
        }
        return known < 0;
    }

    /** @return true if the key was there */
    public boolean remove(long keyHigh, long keyLow) {
        int slot = slots.remove(keyHigh, keyLow);
        if (slot < 0) {
            return false;
        }
        columns.remove(slot);
        shrinkIfWasteful();
        return true;
    }

    /**
     * Takes out all rows of an annotator.
     *
     * @param cluster number of the annotator, at least 0
     * @param leaving shown the rows, block by block, each before its rows are gone: what an erasure must subtract. The
     *                block is filled again after the call
     * @return rows taken out
     */
    public int removeCluster(int cluster, Consumer<ComparisonBlock> leaving) {
        Require.that(cluster >= 0, "cluster must be at least 0, was %s", cluster);
        ComparisonBlock block = newBlock();
        int[] inBlock = new int[ComparisonBlock.ROWS];
        int removed = 0;
        for (int slot = 0; slot < columns.end(); slot++) {
            if (columns.cluster(slot) == cluster) {
                inBlock[block.rows()] = slot;
                columns.read(slot, block);
                removed++;
            }
            if (block.full()) {
                remove(block, inBlock, leaving);
            }
        }
        remove(block, inBlock, leaving);
        shrinkIfWasteful();
        return removed;
    }

    private void remove(ComparisonBlock block, int[] inBlock, Consumer<ComparisonBlock> leaving) {
        if (block.rows() == 0) {
            return;
        }
        leaving.accept(block);
        for (int r = 0; r < block.rows(); r++) {
            slots.remove(inBlock[r]);
            columns.remove(inBlock[r]);
        }
        block.clear();
    }

    private void shrinkIfWasteful() {
        if (columns.wasteful()) {
            columns.shrink(slots);
        }
    }

    public boolean contains(long keyHigh, long keyLow) {
        return slots.find(keyHigh, keyLow) >= 0;
    }

    /**
     * Clears the block and reads the one comparison of that key into it: what a retraction must subtract.
     *
     * @return false if the key is not there; the block is then empty
     */
    public boolean read(long keyHigh, long keyLow, ComparisonBlock block) {
        block.clear();
        int slot = slots.find(keyHigh, keyLow);
        if (slot >= 0) {
            columns.read(slot, block);
        }
        return slot >= 0;
    }

    public void clear() {
        columns = new FloatColumns(rewardDimension, rationalityDimension, chunkBits);
        slots = new SlotIndex();
    }

    /** Bytes of the arrays held, free slots included. */
    public long bytes() {
        return columns.bytes() + slots.bytes();
    }

    @Override
    public long size() {
        return columns.size();
    }

    @Override
    public long read(long cursor, ComparisonBlock block) {
        return read((int) cursor, columns.end(), block);
    }

    /** Of the slots before {@code end}; the block may come back empty before that. */
    int read(int cursor, int end, ComparisonBlock block) {
        block.clear();
        int slot = cursor;
        for (; slot < end && !block.full(); slot++) {
            columns.read(slot, block);
        }
        return slot;
    }

    /** A block of as many rows as are well read at once. */
    ComparisonBlock newBlock() {
        int rows = Math.min(ComparisonBlock.ROWS, BLOCK_NUMBERS / Rows.stride(rewardDimension, rationalityDimension));
        return new ComparisonBlock(Math.max(1, rows), rewardDimension, rationalityDimension);
    }

    @Override
    public int slots() {
        return columns.end();
    }

    @Override
    public Window window(Precision precision, int capacity) {
        FloatRows floats = new FloatRows(rewardDimension, rationalityDimension);
        if (precision == Precision.FAST && !columns.extraordinary()) {
            return (firstSlot, count) -> {
                columns.show(firstSlot, count, floats);
                return floats;
            };
        }
        DoubleRows doubles = new DoubleRows(rewardDimension, rationalityDimension);
        double[] wide = new double[capacity * doubles.stride];
        if (precision == Precision.ALL || columns.extraordinary()) {
            return (firstSlot, count) -> {
                columns.show(firstSlot, count, wide, doubles);
                return doubles;
            };
        }
        MixedRows mixed = new MixedRows(floats, doubles);
        return (firstSlot, count) -> {
            columns.show(firstSlot, count, floats);
            columns.show(firstSlot, count, wide, doubles);
            return mixed.moved();
        };
    }

    private static void requireVector(String name, float[] values, int size) {
        Require.that(values.length == size, "%s must have size %s, had %s", name, size, values.length);
        for (int i = 0; i < size; i++) {
            if (!(Math.abs(values[i]) <= Comparison.LARGEST)) {
                throw new IllegalArgumentException(name + " entry " + i + " must be finite, was " + values[i]);
            }
        }
    }
}
