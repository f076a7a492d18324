package dev.assay.streams.collect;

import dev.assay.estimator.descent.ComparisonBlock;
import dev.assay.estimator.descent.FloatComparisonStore;
import dev.assay.estimator.descent.RunningMoments;
import dev.assay.estimator.descent.RunningSum;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.streams.adapt.Linearisation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sums a shard keeps current with every row that comes and goes: MODEL (7) at one point, and the moments of §6. */
final class ShardStatistics {
    private final FloatComparisonStore columns;
    private final RunningMoments moments;
    private @Nullable RunningSum sum;
    private @Nullable Linearisation linearisation;

    /** One pass over what is there. */
    ShardStatistics(FloatComparisonStore columns) {
        this.columns = columns;
        moments = RunningMoments.over(columns);
    }

    void entering(ComparisonBlock rows) {
        moments.add(rows);
        if (sum != null) {
            sum.add(rows);
        }
    }

    void leaving(ComparisonBlock rows) {
        moments.subtract(rows);
        if (sum != null) {
            sum.subtract(rows);
        }
    }

    /** Moves the sums to another point: one pass over all rows. */
    void linearise(Linearisation at) {
        linearisation = at;
        sum = RunningSum.over(at.point(), columns, 1);
    }

    /** Where the sums are kept; empty before the first point is known. */
    Optional<Linearisation> linearisation() {
        return Optional.ofNullable(linearisation);
    }

    ShardSum moments() {
        return moments.sum();
    }

    /** The statistics at {@link #linearisation}; only if there is one. */
    ShardSum sum() {
        if (sum == null) {
            throw new IllegalStateException("no point is known at which to keep statistics");
        }
        return sum.sum();
    }
}
