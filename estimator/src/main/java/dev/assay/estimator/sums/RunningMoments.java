package dev.assay.estimator.sums;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;

/**
 * The second moments of MODEL §6, which standardise and start a descent, kept up as judgments arrive, change and leave:
 * O(p²) each and whatever the parameters, so that a fit needs no pass for them. In float64 throughout, as no later pass
 * ever renews them.
 */
public final class RunningMoments {
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
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        RunningMoments moments = new RunningMoments(d, k);
        ComparisonBlock block = new ComparisonBlock(ComparisonBlock.ROWS, d, k);
        long cursor = store.read(0, block);
        while (block.rows() > 0) {
            moments.add(block);
            cursor = store.read(cursor, block);
        }
        return moments;
    }

    /** Over all that is in both stores, by one pass. */
    public static RunningMoments over(ComparisonStore store, RankingStore rankings) {
        RunningMoments moments = over(store);
        rankings.forEach(moments::add);
        return moments;
    }

    public void add(RankingBlock block) {
        pass.add(block, 1);
        count += block.rows();
    }

    /** They must be as they were when they were added. */
    public void subtract(RankingBlock block) {
        pass.add(block, -1);
        count -= block.rows();
    }

    /** The rows are copied. */
    public void add(ComparisonBlock block) {
        pending.enter(block);
        count += block.rows();
    }

    /** The rows are copied; they must be as they were when they were added. */
    public void subtract(ComparisonBlock block) {
        pending.leave(block);
        count -= block.rows();
    }

    /** What a shard with all that is in now would answer to an order for {@link Wanted#MOMENTS} without trials. */
    public Answer sum() {
        pending.flush();
        return new Answer(count, pass.weight(), null, pass.sums(), Trials.NONE);
    }
}
