package dev.assay.estimator.descent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of {@link FloatComparisonStore}, by slot. Chunks of a few thousand slots, so that growing copies nothing;
 * a freed slot is the next to be taken, so that the same operations give the same order of rows.
 */
final class FloatColumns {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;
    private static final int HEAD = 3; // offset, weight, preference; then context, then difference
    private static final int FREE = Integer.MIN_VALUE; // cluster number of a slot without a row

    private final int rewardDimension;
    private final int rationalityDimension;
    private final int stride;
    private final List<float[]> chunks = new ArrayList<>();
    private final List<int[]> clusters = new ArrayList<>();
    private int[] free = new int[16];
    private int freeCount;
    private int end; // slots at and after it were never used

    FloatColumns(int rewardDimension, int rationalityDimension) {
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
        this.stride = HEAD + rationalityDimension + rewardDimension;
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
        chunk[start] = offset;
        chunk[start + 1] = weight;
        chunk[start + 2] = preference;
        System.arraycopy(context, 0, chunk, start + HEAD, rationalityDimension);
        System.arraycopy(difference, 0, chunk, start + HEAD + rationalityDimension, rewardDimension);
        clusters.get(target >> CHUNK_BITS)[target & (CHUNK_SLOTS - 1)] = cluster;
        return target;
    }

    void remove(int slot) {
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
        float[] chunk = chunks.get(slot >> CHUNK_BITS);
        int start = start(slot);
        int row = block.next();
        block.offset[row] = chunk[start];
        block.weight[row] = chunk[start + 1];
        block.preference[row] = chunk[start + 2];
        block.cluster[row] = cluster;
        widen(chunk, start + HEAD, block.context[row]);
        widen(chunk, start + HEAD + rationalityDimension, block.difference[row]);
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

    private static void widen(float[] from, int start, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[start + i];
        }
    }
}
