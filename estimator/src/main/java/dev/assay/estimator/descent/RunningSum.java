package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;

/**
 * The statistics T of MODEL (7) at a fixed point, kept up as judgments arrive, change and leave: O(p²) each. An edit is
 * {@link #subtract} of the old row and {@link #add} of the new one. The minimum of the signed margins and the clustered
 * meat cannot be subtracted from; they come with the next full pass.
 */
public final class RunningSum {
    private final Parameters at;
    private final int capacity;
    private ShardSum start;
    private StatisticsPass changes;
    private long count;
    private double weight;

    /** @param capacity rows of the largest block that will be added */
    public RunningSum(Parameters at, int capacity) {
        this(at, capacity, ShardSum.zero(at.reward().size(), at.rationality().size(), 0, Wanted.STATISTICS));
    }

    /** @param start statistics at that very point to go on from, as of a finished {@link Fit} */
    public RunningSum(Parameters at, int capacity, ShardSum start) {
        this.at = at;
        this.capacity = capacity;
        this.start = start;
        this.changes = new StatisticsPass(at, capacity, false);
    }

    public Parameters at() {
        return at;
    }

    public void add(ComparisonBlock block) {
        change(block, 1);
    }

    public void subtract(ComparisonBlock block) {
        change(block, -1);
    }

    /** Statistics over all that is in now; without clusters and with the least signed margin ever seen. */
    public ShardSum sum() {
        ShardSum zero = ShardSum.zero(at.reward().size(), at.rationality().size(), 0, Wanted.STATISTICS);
        ShardSum counted = new ShardSum(
                count,
                weight,
                0,
                zero.trialLogLikelihoods(),
                zero.score(),
                zero.information(),
                zero.cross(),
                0,
                zero.meat(),
                zero.minimumSignedMargin(),
                0,
                zero.differenceMoment(),
                zero.contextMoment(),
                zero.crossMoment());
        start = withoutClusters(start).plus(changes.fill(counted));
        changes = new StatisticsPass(at, capacity, false);
        count = 0;
        weight = 0;
        return start;
    }

    private void change(ComparisonBlock block, int sign) {
        changes.add(block, sign);
        count += (long) sign * block.rows();
        for (int r = 0; r < block.rows(); r++) {
            weight += sign * block.weight[r];
        }
    }

    private static ShardSum withoutClusters(ShardSum sum) {
        return new ShardSum(
                sum.count(),
                sum.weight(),
                sum.logLikelihood(),
                Vector.zeros(0),
                sum.score(),
                sum.information(),
                sum.cross(),
                0,
                Vector.zeros(0),
                sum.minimumSignedMargin(),
                sum.nonPositiveRationality(),
                Vector.zeros(0),
                Vector.zeros(0),
                Vector.zeros(0));
    }
}
