package dev.assay.streams.descend;

import dev.assay.estimator.algebra.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * When a rerun is due.
 *
 * @param minimumJudgments no rerun before there are this many comparisons; at least 1
 * @param growth due as soon as there are this many times the comparisons of the last attempt; above 1
 * @param interval due after this long at the latest, if anything has changed since the last attempt
 * @param patience how long answers are awaited before the same round is asked again
 */
public record RerunSchedule(long minimumJudgments, double growth, Duration interval, Duration patience) {

    /** Why a rerun is due. */
    public enum Reason {
        /** The first comparisons are there. */
        FIRST,
        /** There are more of them by the growth factor. */
        GROWTH,
        /** Something changed, and the interval has passed. */
        INTERVAL
    }

    public RerunSchedule {
        Require.that(minimumJudgments >= 1, "rerun.minimum-judgments must be at least 1, was %s", minimumJudgments);
        Require.that(growth > 1, "rerun.growth must be above 1, was %s", growth);
        Require.that(!interval.isNegative(), "rerun.interval must not be negative, was %s", interval);
        Require.that(patience.toMillis() > 0, "rerun.patience must be above 0, was %s", patience);
    }

    /**
     * Decides.
     *
     * @param judgments comparisons there are now
     * @param changed whether anything was read since the last attempt, or that one could not be exact
     * @param lastJudgments comparisons at the last attempt; negative if there was none
     * @param sinceLast time since the last attempt ended
     */
    Optional<Reason> due(long judgments, boolean changed, long lastJudgments, Duration sinceLast) {
        if (judgments < minimumJudgments || !changed) {
            return Optional.empty();
        }
        if (lastJudgments < 0) {
            return Optional.of(Reason.FIRST);
        }
        if (judgments >= growth * lastJudgments) {
            return Optional.of(Reason.GROWTH);
        }
        return sinceLast.compareTo(interval) >= 0 ? Optional.of(Reason.INTERVAL) : Optional.empty();
    }
}
