package dev.assay.estimator.sums;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.columns.Rows;
import dev.assay.estimator.columns.RunningRows;

/**
 * The statistics T of MODEL (7) at a fixed point and the meat B of MODEL (13), kept up as judgments arrive, change and
 * leave: O(p²) each. The minimum of the signed margins cannot be subtracted from; it comes with the next full pass.
 *
 * <p>What rounding leaves is of the size of the sums, not of what is left in them: of one that loses nearly all it had, the
 * last digits are those of the pass it began with, until the next begins.
 */
public final class RunningSum extends RunningRows {
    private static final int MOST_UNSETTLED = 1024; // annotators whose old score is kept beside the new one

    private final Parameters at;
    private final StatisticsPass pass;
    private final PendingRows pending;
    private long count;

    private RunningSum(Parameters at, StatisticsPass pass, long count) {
        this.at = at;
        this.pass = pass;
        this.count = count;
        pending = new PendingRows(
                Math.min(ComparisonBlock.ROWS, pass.capacity()),
                at.reward().size(),
                at.rationality().size(),
                this::change);
    }

    /**
     * Over all that is in the store, by one pass.
     *
     * @param threads at least 1; the sums do not depend on it
     */
    public static RunningSum over(Parameters at, ComparisonStore store, int threads) {
        return new RunningSum(at, new StoreShard(store, threads).statistics(at), store.size());
    }

    /**
     * Over all that is in both stores, which number annotators alike.
     *
     * @param threads at least 1; the sums do not depend on it
     */
    public static RunningSum over(Parameters at, ComparisonStore store, RankingStore rankings, int threads) {
        return new RunningSum(
                at, new StoreShard(store, rankings, threads).statistics(at), store.size() + rankings.size());
    }

    public Parameters at() {
        return at;
    }

    @Override
    protected void change(ComparisonBlock block, int sign) {
        pending.change(block, sign);
        count += (long) sign * block.rows();
    }

    @Override
    protected void change(RankingBlock block, int sign) {
        pass.add(block, sign);
        pass.settleClusters(MOST_UNSETTLED);
        count += (long) sign * block.rows();
    }

    /** Statistics and clusters over all that is in now, with the least signed margin ever seen. */
    public Answer sum() {
        pending.flush();
        return pass.answer(count);
    }

    /** Bytes of the arrays held, about; they grow by 8p with every annotator. */
    public long bytes() {
        return pass.bytes() + pending.bytes();
    }

    private void change(Rows rows, double sign) {
        pass.add(rows, sign);
        pass.settleClusters(MOST_UNSETTLED);
    }
}
