package dev.assay.estimator.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of {@link FloatComparisonStore}, by slot. Chunks of a few thousand slots, so that growing copies nothing;
 * a freed slot is the next to be taken, so that the same operations give the same order of rows.
 */
final class FloatColumns {
    // Products of four such numbers stay within a float.
    private static final float LARGEST_ORDINARY = 1e9f;
    private static final int FREE = Integer.MIN_VALUE; // cluster number of a slot without a row

    private static final int FEWEST_FREE = 16;
    private static final int LEAST_WASTE = 4; // free chunks below which shrinking gains nothing to speak of

    private final int rewardDimension;
    private final int rationalityDimension;
    private final int stride;
    private final int chunkBits;
    private final int chunkSlots;
    private final List<float[]> chunks = new ArrayList<>();
    private final List<int[]> clusters = new ArrayList<>();
    private int[] free = new int[FEWEST_FREE];
    private int freeCount;
    private int end; // slots at and after it were never used
    private boolean extraordinary; // whether a number was ever so large that float32 sums could overflow

    /** @param chunkBits logarithm to base 2 of the slots in a chunk */
    FloatColumns(int rewardDimension, int rationalityDimension, int chunkBits) {
        this.chunkBits = chunkBits;
        chunkSlots = 1 << chunkBits;
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
        float[] chunk = chunks.get(target >> chunkBits);
        int start = start(target);
        chunk[start + Rows.WEIGHT] = weight;
        chunk[start + Rows.PREFERENCE] = preference;
        chunk[start + Rows.OFFSET] = offset;
        System.arraycopy(context, 0, chunk, start + Rows.CONTEXT, rationalityDimension);
        System.arraycopy(difference, 0, chunk, start + Rows.CONTEXT + rationalityDimension, rewardDimension);
        for (int i = start; i < start + stride; i++) {
            extraordinary |= Math.abs(chunk[i]) > LARGEST_ORDINARY;
        }
        clusters.get(target >> chunkBits)[target & (chunkSlots - 1)] = cluster;
        return target;
    }

    void remove(int slot) {
        // Zeros add nothing to any sum, so a pass need not step over free slots.
        Arrays.fill(chunks.get(slot >> chunkBits), start(slot), start(slot) + stride, 0);
        clusters.get(slot >> chunkBits)[slot & (chunkSlots - 1)] = FREE;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = slot;
    }

    /** Annotator number of a slot; {@link #FREE} of one without a row. */
    int cluster(int slot) {
        return clusters.get(slot >> chunkBits)[slot & (chunkSlots - 1)];
    }

    /**
     * Whether more than half of the slots are free, and more than a few: shrinking then costs no more than the removals
     * before it did together.
     */
    boolean wasteful() {
        return freeCount > LEAST_WASTE * chunkSlots && freeCount > end / 2;
    }

    /** Moves the last rows into the free slots and drops the chunks left empty, in the data and in the index. */
    void shrink(SlotIndex keys) {
        int rows = size();
        int to = 0;
        for (int from = end - 1; from >= rows; from--) {
            if (cluster(from) != FREE) {
                while (cluster(to) != FREE) {
                    to++;
                }
                move(from, to);
                keys.move(from, to);
            }
        }
        int chunksLeft = (rows + chunkSlots - 1) >> chunkBits;
        chunks.subList(chunksLeft, chunks.size()).clear();
        clusters.subList(chunksLeft, clusters.size()).clear();
        keys.shrinkTo(rows);
        end = rows;
        free = new int[FEWEST_FREE];
        freeCount = 0;
    }

    private void move(int from, int to) {
        float[] source = chunks.get(from >> chunkBits);
        System.arraycopy(source, start(from), chunks.get(to >> chunkBits), start(to), stride);
        clusters.get(to >> chunkBits)[to & (chunkSlots - 1)] = cluster(from);
        // Not only for tidiness: what is erased later must not survive in a chunk that stays.
        Arrays.fill(source, start(from), start(from) + stride, 0);
    }

    /** Copies a slot into the block, unless no row is there. */
    void read(int slot, ComparisonBlock block) {
        int cluster = cluster(slot);
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
        int inChunk = slot & (chunkSlots - 1);
        rows.moveTo(chunks.get(slot >> chunkBits), inChunk * stride, clusters.get(slot >> chunkBits), inChunk, count);
    }

    /** The same, of their values in float64 in {@code wide}. */
    void show(int slot, int count, double[] wide, DoubleRows rows) {
        widen(slot, count, wide, 0);
        rows.moveTo(wide, 0, clusters.get(slot >> chunkBits), slot & (chunkSlots - 1), count);
    }

    private void widen(int slot, int count, double[] to, int at) {
        float[] chunk = chunks.get(slot >> chunkBits);
        int start = start(slot);
        for (int i = 0; i < count * stride; i++) {
            to[at + i] = chunk[start + i];
        }
    }

    long bytes() {
        return (long) chunks.size() * chunkSlots * (4L * stride + 4) + 4L * free.length;
    }

    private int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (end >> chunkBits == chunks.size()) {
            chunks.add(new float[chunkSlots * stride]);
            clusters.add(new int[chunkSlots]);
        }
        return end++;
    }

    private int start(int slot) {
        return (slot & (chunkSlots - 1)) * stride;
    }
}
