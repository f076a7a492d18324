package dev.assay.estimator.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of {@link FloatComparisonStore}, by slot. Chunks of a few thousand slots, so that growing copies nothing;
 * a freed slot is the next to be taken, so that the same operations give the same order of rows.
 */
final class FloatColumns {
    private static final int CHUNK_BITS = ComparisonStore.CHUNK_BITS;
    private static final int CHUNK_SLOTS = ComparisonStore.CHUNK_SLOTS;
    // Products of four such numbers stay within a float.
    private static final float LARGEST_ORDINARY = 1e9f;
    private static final int FREE = Integer.MIN_VALUE; // cluster number of a slot without a row

    private final int rewardDimension;
    private final int rationalityDimension;
    private final int stride;
    private final List<float[]> chunks = new ArrayList<>();
    private final List<int[]> clusters = new ArrayList<>();
    private int[] free = new int[16];
    private int freeCount;
    private int end; // slots at and after it were never used
    private boolean extraordinary; // whether a number was ever so large that float32 sums could overflow

    FloatColumns(int rewardDimension, int rationalityDimension) {
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
        this.stride = Rows.stride(rewardDimension, rationalityDimension);
    }

    int end() {
        return end;
    }

    int size() {
        return end - freeCount;
    }

    /**
     * @param slot where to write, or -1 for any free one
     * @return the slot written
     */
    int put(int slot, int cluster, float offset, float weight, float preference, float[] context, float[] difference) {
        int target = slot >= 0 ? slot : take();
        float[] chunk = chunks.get(target >> CHUNK_BITS);
        int start = start(target);
        chunk[start + Rows.WEIGHT] = weight;
        chunk[start + Rows.PREFERENCE] = preference;
        chunk[start + Rows.OFFSET] = offset;
        System.arraycopy(context, 0, chunk, start + Rows.CONTEXT, rationalityDimension);
        System.arraycopy(difference, 0, chunk, start + Rows.CONTEXT + rationalityDimension, rewardDimension);
        for (int i = start; i < start + stride; i++) {
            extraordinary |= Math.abs(chunk[i]) > LARGEST_ORDINARY;
        }
        clusters.get(target >> CHUNK_BITS)[target & (CHUNK_SLOTS - 1)] = cluster;
        return target;
    }

    /** Copies a row of other columns of the same dimensions into a free slot. */
    int append(FloatColumns from, int slot) {
        int target = take();
        System.arraycopy(
                from.chunks.get(slot >> CHUNK_BITS),
                start(slot),
                chunks.get(target >> CHUNK_BITS),
                start(target),
                stride);
        clusters.get(target >> CHUNK_BITS)[target & (CHUNK_SLOTS - 1)] = from.cluster(slot);
        extraordinary |= from.extraordinary;
        return target;
    }

    /** Whether a row is there. */
    boolean holds(int slot) {
        return cluster(slot) != FREE;
    }

    /** Of the row there; meaningless where there is none. */
    int cluster(int slot) {
        return clusters.get(slot >> CHUNK_BITS)[slot & (CHUNK_SLOTS - 1)];
    }

    void remove(int slot) {
        // Zeros add nothing to any sum, so a pass need not step over free slots.
        Arrays.fill(chunks.get(slot >> CHUNK_BITS), start(slot), start(slot) + stride, 0);
        clusters.get(slot >> CHUNK_BITS)[slot & (CHUNK_SLOTS - 1)] = FREE;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = slot;
    }

    /** Copies a slot into the block, unless no row is there. */
    void read(int slot, ComparisonBlock block) {
        int cluster = clusters.get(slot >> CHUNK_BITS)[slot & (CHUNK_SLOTS - 1)];
        if (cluster == FREE) {
            return;
        }
        int row = block.next();
        block.cluster[row] = cluster;
        widen(slot, 1, block.values, row * stride);
    }

    /** Whether float32 sums over these numbers may overflow. */
    boolean extraordinary() {
        return extraordinary;
    }

    /** Lets the window see {@code count} slots of one chunk where they are. */
    void show(int slot, int count, FloatRows rows) {
        int inChunk = slot & (CHUNK_SLOTS - 1);
        rows.moveTo(chunks.get(slot >> CHUNK_BITS), inChunk * stride, clusters.get(slot >> CHUNK_BITS), inChunk, count);
    }

    /** The same, of their values in float64 in {@code wide}. */
    void show(int slot, int count, double[] wide, DoubleRows rows) {
        widen(slot, count, wide, 0);
        rows.moveTo(wide, 0, clusters.get(slot >> CHUNK_BITS), slot & (CHUNK_SLOTS - 1), count);
    }

    private void widen(int slot, int count, double[] to, int at) {
        float[] chunk = chunks.get(slot >> CHUNK_BITS);
        int start = start(slot);
        for (int i = 0; i < count * stride; i++) {
            to[at + i] = chunk[start + i];
        }
    }

    long bytes() {
        return (long) chunks.size() * CHUNK_SLOTS * (4L * stride + 4) + 4L * free.length;
    }

    private int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (end >> CHUNK_BITS == chunks.size()) {
            chunks.add(new float[CHUNK_SLOTS * stride]);
            clusters.add(new int[CHUNK_SLOTS]);
        }
        return end++;
    }

    private int start(int slot) {
        return (slot & (CHUNK_SLOTS - 1)) * stride;
    }
}
