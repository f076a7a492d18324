package dev.assay.estimator.sums;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.columns.RunningRows;

/**
 * The second moments of MODEL §6, which standardise and start a descent, kept up as judgments arrive, change and leave:
 * O(p²) each and whatever the parameters, so that a fit needs no pass for them. In float64 throughout, as no later pass
 * ever renews them.
 */
public final class RunningMoments extends RunningRows {
    private final MomentPass pass;
    private final PendingRows pending;
    private long count;

    /** Over nothing yet. */
    public RunningMoments(int rewardDimension, int rationalityDimension) {
        pass = new MomentPass(rewardDimension, rationalityDimension, ComparisonBlock.ROWS);
        pending = new PendingRows(ComparisonBlock.ROWS, rewardDimension, rationalityDimension, pass::add);
    }

    /** Over all that is in the store, by one pass. */
    public static RunningMoments over(ComparisonStore store) {
        RunningMoments moments = new RunningMoments(store.rewardDimension(), store.rationalityDimension());
        store.forEach(moments::add);
        return moments;
    }

    /** Over all that is in both stores, by one pass. */
    public static RunningMoments over(ComparisonStore store, RankingStore rankings) {
        RunningMoments moments = over(store);
        rankings.forEach(moments::add);
        return moments;
    }

    @Override
    protected void change(RankingBlock block, int sign) {
        pass.add(block, sign);
        count += (long) sign * block.rows();
    }

    @Override
    protected void change(ComparisonBlock block, int sign) {
        pending.change(block, sign);
        count += (long) sign * block.rows();
    }

    /** What a shard with all that is in now would answer to an order for {@link Wanted#MOMENTS} without trials. */
    public Answer sum() {
        pending.flush();
        return new Answer(count, pass.weight(), null, pass.sums(), Trials.NONE);
    }
}
