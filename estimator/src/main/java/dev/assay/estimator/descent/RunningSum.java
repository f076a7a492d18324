package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import java.util.List;

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
        this.changes = new StatisticsPass(at, List.of(), capacity, Wanted.STATISTICS);
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
        ShardSum counted = ShardSum.zero(at.reward().size(), at.rationality().size(), 0, Wanted.STATISTICS)
                .withCount(count)
                .withWeight(weight);
        start = start.withoutClusters().plus(changes.fill(counted));
        changes = new StatisticsPass(at, List.of(), capacity, Wanted.STATISTICS);
        count = 0;
        weight = 0;
        return start;
    }

    private void change(ComparisonBlock block, int sign) {
        changes.add(block.view(), sign);
        count += (long) sign * block.rows();
        for (int r = 0; r < block.rows(); r++) {
            weight += sign * block.weight(r);
        }
    }
}
