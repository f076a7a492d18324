package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import java.util.List;

/**
 * The statistics T of MODEL (7) and the meat of (13) at a fixed point, kept up as judgments arrive, change and leave: O(p²)
 * each, in products of many rows. An edit is {@link #subtract} of the old row and {@link #add} of the new one. The minimum of
 * the signed margins cannot be subtracted from: it is the least ever seen.
 */
public final class RunningSum {
    private static final int BATCH = 128;

    private final Parameters at;
    private final ShardSum start;
    private final RunningClusters clusters;
    private final StatisticsPass changes;
    private final ComparisonBlock entering;
    private final ComparisonBlock leaving;
    private long count;
    private double weight;

    private RunningSum(Parameters at, ShardSum start, RunningClusters clusters) {
        int d = at.reward().size();
        int k = at.rationality().size();
        this.at = at;
        this.start = start;
        this.clusters = clusters;
        changes = new StatisticsPass(at, List.of(), BATCH, Wanted.STATISTICS);
        entering = new ComparisonBlock(BATCH, d, k);
        leaving = new ComparisonBlock(BATCH, d, k);
        count = start.count();
        weight = start.weight();
    }

    /**
     * Two passes over what is there, one of them for the clusters.
     *
     * @param threads at least 1; the sums do not depend on it
     */
    public static RunningSum over(Parameters at, ComparisonStore store, int threads) {
        RoundOrder order =
                RoundOrder.warm("sum", at).asking(Wanted.STATISTICS.with(Precision.SCORE), DescentState.first(true));
        RunningClusters clusters = new RunningClusters(at);
        ComparisonBlock block = new ComparisonBlock(BATCH, store.rewardDimension(), store.rationalityDimension());
        long cursor = 0;
        do {
            cursor = store.read(cursor, block);
            clusters.change(block, 1);
        } while (block.rows() > 0);
        return new RunningSum(at, new StoreShard(store, threads).answer(order), clusters);
    }

    public Parameters at() {
        return at;
    }

    public void add(ComparisonBlock block) {
        change(block, 1, entering);
    }

    public void subtract(ComparisonBlock block) {
        change(block, -1, leaving);
    }

    /** Statistics with clusters, without moments, over all that is in now. */
    public ShardSum sum() {
        flush(entering, 1);
        flush(leaving, -1);
        ShardSum changed =
                changes.fill(ShardSum.zero(at.reward().size(), at.rationality().size(), 0, Wanted.STATISTICS));
        return start.plus(changed).withCount(count).withWeight(weight).withClusters(clusters.count(), clusters.meat());
    }

    private void change(ComparisonBlock block, int sign, ComparisonBlock batch) {
        clusters.change(block, sign);
        count += (long) sign * block.rows();
        for (int r = 0; r < block.rows(); r++) {
            weight += sign * block.weight(r);
            batch.append(block, r);
            if (batch.full()) {
                flush(batch, sign);
            }
        }
    }

    private void flush(ComparisonBlock batch, int sign) {
        if (batch.rows() > 0) {
            changes.add(batch.view(), sign);
            batch.clear();
        }
    }
}
