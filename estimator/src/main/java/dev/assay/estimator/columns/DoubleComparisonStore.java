package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Comparison;
import java.util.ArrayList;
import java.util.List;

/** Comparisons in float64, append only: for offline fits, where input and result are compared digit by digit. */
public final class DoubleComparisonStore extends ComparisonStore {
    private final int stride;
    private final List<double[]> chunks = new ArrayList<>();
    private final List<int[]> clusters = new ArrayList<>();
    private int size;

    public DoubleComparisonStore(int rewardDimension, int rationalityDimension) {
        super(rewardDimension, rationalityDimension);
        stride = Rows.stride(rewardDimension, rationalityDimension);
    }

    /** A row that is its own cluster. */
    public void add(Comparison comparison) {
        add(comparison, ComparisonBlock.OWN_CLUSTER);
    }

    /** @param cluster number of the annotator, or -1 for a row that is its own cluster */
    public void add(Comparison comparison, int cluster) {
        Require.that(
                comparison.context().size() == rationalityDimension
                        && comparison.difference().size() == rewardDimension,
                "expected context of size %s and difference of size %s, got %s and %s",
                rationalityDimension,
                rewardDimension,
                comparison.context().size(),
                comparison.difference().size());
        grow();
        double[] chunk = chunks.get(size >> CHUNK_BITS);
        int start = (size & (CHUNK_SLOTS - 1)) * stride;
        chunk[start + Rows.WEIGHT] = comparison.weight();
        chunk[start + Rows.PREFERENCE] = comparison.preference();
        chunk[start + Rows.OFFSET] = comparison.offset();
        for (int i = 0; i < rationalityDimension; i++) {
            chunk[start + Rows.CONTEXT + i] = comparison.context().get(i);
        }
        int difference = start + Rows.CONTEXT + rationalityDimension;
        for (int i = 0; i < rewardDimension; i++) {
            chunk[difference + i] = comparison.difference().get(i);
        }
        clusters.get(size >> CHUNK_BITS)[size & (CHUNK_SLOTS - 1)] = cluster;
        size++;
    }

    // The last chunk grows by doubling: a small file needs no room for thousands of rows.
    private void grow() {
        int last = chunks.size() - 1;
        int used = size - (last << CHUNK_BITS);
        if (last < 0 || used == CHUNK_SLOTS) {
            int first = last < 0 ? 64 : CHUNK_SLOTS;
            chunks.add(new double[first * stride]);
            clusters.add(new int[CHUNK_SLOTS]);
        } else if (used * stride == chunks.get(last).length) {
            chunks.set(last, java.util.Arrays.copyOf(chunks.get(last), 2 * used * stride));
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long read(long cursor, ComparisonBlock block) {
        block.clear();
        int position = (int) cursor;
        for (; position < size && !block.full(); position++) {
            int at = block.next();
            int start = (position & (CHUNK_SLOTS - 1)) * stride;
            System.arraycopy(chunks.get(position >> CHUNK_BITS), start, block.values, at * stride, stride);
            block.cluster[at] = clusters.get(position >> CHUNK_BITS)[position & (CHUNK_SLOTS - 1)];
        }
        return position;
    }

    @Override
    public int slots() {
        return size;
    }

    @Override
    public Window window(Precision precision, int capacity) {
        DoubleRows rows = new DoubleRows(rewardDimension, rationalityDimension);
        return (firstSlot, count) -> {
            int chunk = firstSlot >> CHUNK_BITS;
            int inChunk = firstSlot & (CHUNK_SLOTS - 1);
            rows.moveTo(chunks.get(chunk), inChunk * stride, clusters.get(chunk), inChunk, count);
            return rows;
        };
    }
}
