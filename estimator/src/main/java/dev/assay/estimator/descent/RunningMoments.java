package dev.assay.estimator.descent;

/** The additive moments of MODEL §6, kept up as judgments arrive, change and leave, in products of many rows. */
public final class RunningMoments {
    private static final int BATCH = 128;

    private final ShardSum start;
    private final MomentPass changes;
    private final ComparisonBlock entering;
    private final ComparisonBlock leaving;
    private final ShardSum none;
    private long count;
    private double weight;

    private RunningMoments(int d, int k, ShardSum start) {
        this.start = start;
        none = ShardSum.zero(d, k, 0, Wanted.MOMENTS);
        changes = new MomentPass(d, k, BATCH);
        entering = new ComparisonBlock(BATCH, d, k);
        leaving = new ComparisonBlock(BATCH, d, k);
        count = start.count();
        weight = start.weight();
    }

    /** One pass over what is there. */
    public static RunningMoments over(ComparisonStore store) {
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        return new RunningMoments(d, k, new StoreShard(store).answer(RoundOrder.first("moments", d, k)));
    }

    public void add(ComparisonBlock block) {
        change(block, 1, entering);
    }

    public void subtract(ComparisonBlock block) {
        change(block, -1, leaving);
    }

    /** What a shard answers to {@link Wanted#MOMENTS}, over all that is in now. */
    public ShardSum sum() {
        flush(entering, 1);
        flush(leaving, -1);
        return start.plus(changes.fill(none)).withCount(count).withWeight(weight);
    }

    private void change(ComparisonBlock block, int sign, ComparisonBlock batch) {
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
