package dev.assay.streams.collect;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.columns.RunningRows;
import dev.assay.estimator.inference.AnnotatorTally;
import dev.assay.estimator.inference.RunningTally;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.RunningMoments;
import dev.assay.estimator.sums.RunningSum;
import dev.assay.streams.model.Linearisation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sums a shard keeps current with every row that comes and goes: MODEL (7), (13) and (18b) at one point, and the moments
 * of §6.
 */
final class ShardStatistics {
    private final FloatComparisonStore columns;
    private final RankingStore rankings;
    private final RunningMoments moments;
    private @Nullable RunningSum sum;
    private @Nullable RunningTally tally;
    private @Nullable Linearisation linearisation;
    private List<RunningRows> kept;

    /** One pass over what is there. */
    ShardStatistics(FloatComparisonStore columns, RankingStore rankings) {
        this.columns = columns;
        this.rankings = rankings;
        moments = RunningMoments.over(columns, rankings);
        kept = List.of(moments);
    }

    void entering(RankingBlock rows) {
        kept.forEach(sums -> sums.add(rows));
    }

    void leaving(RankingBlock rows) {
        kept.forEach(sums -> sums.subtract(rows));
    }

    void entering(ComparisonBlock rows) {
        kept.forEach(sums -> sums.add(rows));
    }

    void leaving(ComparisonBlock rows) {
        kept.forEach(sums -> sums.subtract(rows));
    }

    /** Moves the sums to another point: passes over all rows. */
    void linearise(Linearisation at) {
        RunningSum newSum = RunningSum.over(at.point(), columns, rankings, 1);
        RunningTally newTally = RunningTally.over(at.point(), columns, rankings);
        linearisation = at; // only now: where no sums can be made, those that are there stay
        sum = newSum;
        tally = newTally;
        kept = List.of(moments, newSum, newTally);
    }

    /** Where the sums are kept; empty before the first point is known. */
    Optional<Linearisation> linearisation() {
        return Optional.ofNullable(linearisation);
    }

    Answer moments() {
        return moments.sum();
    }

    /** The statistics at {@link #linearisation}; only if there is one. */
    Answer sum() {
        if (sum == null) {
            throw new IllegalStateException("no point is known at which to keep statistics");
        }
        return sum.sum();
    }

    /** The annotators at {@link #linearisation}; only if there is one. */
    AnnotatorTally tally() {
        if (tally == null) {
            throw new IllegalStateException("no point is known at which to keep annotators");
        }
        return tally.tally();
    }
}
