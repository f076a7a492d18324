package dev.assay.streams.descend;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.RerunReason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a rerun is due: MODEL §2.
 *
 * @param minimumJudgments no rerun before there are this many comparisons; at least 1
 * @param drift due as soon as updates are estimated to be this far from the exact maximum, in standard errors; above 0
 * @param growth due as soon as n is this many times that of the last attempt, up to 500 judgments a parameter; above 1
 * @param lateGrowth the same beyond; above 1
 * @param newJudgments due after this many comparisons more than at the last attempt; 0: never for that reason
 * @param interval due after this long at the latest, if anything has changed since the last attempt
 * @param patience how long reports are awaited before they are asked for again
 */
public record RerunSchedule(
        long minimumJudgments,
        double drift,
        double growth,
        double lateGrowth,
        long newJudgments,
        Duration interval,
        Duration patience) {
    private static final double EARLY = 500; // judgments a parameter
    private static final int TRIES_SHARE = 10;
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    public RerunSchedule {
        Require.that(minimumJudgments >= 1, "rerun.minimum-judgments must be at least 1, was %s", minimumJudgments);
        Require.that(drift > 0 && Double.isFinite(drift), "rerun.drift must be above 0 and finite, was %s", drift);
        requireFactor("growth", growth);
        requireFactor("late-growth", lateGrowth);
        Require.that(newJudgments >= 0, "rerun.new-judgments must be at least 0, was %s", newJudgments);
        requireDuration("interval", interval);
        requireDuration("patience", patience);
    }

    private static void requireFactor(String key, double factor) {
        Require.that(factor > 1 && Double.isFinite(factor), "rerun.%s must be above 1 and finite, was %s", key, factor);
    }

    private static void requireDuration(String key, Duration duration) {
        // A year, so that nobody who counts it in milliseconds or nanoseconds overflows.
        Require.that(
                !duration.isNegative() && !duration.isZero() && duration.compareTo(Duration.ofDays(365)) <= 0,
                "rerun.%s must be above PT0S and at most PT8760H, was %s",
                key,
                duration);
    }

    /**
     * What the decision depends on.
     *
     * @param judgments comparisons there are now
     * @param parameters p
     * @param changed whether anything was read since the last attempt, or that one could not be exact
     * @param lastJudgments comparisons at the last attempt; negative if there was none
     * @param failedAfter how long that took, if it ended without an estimate; null if it gave one
     * @param sinceLast time since it ended
     * @param drift estimated distance of the newest update from the exact maximum, in standard errors; 0 where there is none
     */
    public record Situation(
            long judgments,
            int parameters,
            boolean changed,
            long lastJudgments,
            @Nullable Duration failedAfter,
            Duration sinceLast,
            double drift) {}

    /** The data have changed, so that what failed may do now; but no more than a tenth of the time goes into trying. */
    private static Duration pauseAfter(Duration failure) {
        Duration pause = failure.multipliedBy(TRIES_SHARE);
        return pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause;
    }

    /** Decides; what somebody asks for is not decided here. */
    public Optional<RerunReason> due(Situation now) {
        if (now.judgments() < minimumJudgments || !now.changed()) {
            return Optional.empty();
        }
        if (now.lastJudgments() < 0) {
            return Optional.of(RerunReason.FIRST);
        }
        if (now.failedAfter() != null) {
            return now.sinceLast().compareTo(pauseAfter(now.failedAfter())) >= 0
                    ? Optional.of(RerunReason.RETRY)
                    : Optional.empty();
        }
        if (now.drift() > drift) {
            return Optional.of(RerunReason.DRIFT);
        }
        double factor = now.judgments() < EARLY * now.parameters() ? growth : lateGrowth;
        if (now.judgments() >= factor * now.lastJudgments()) {
            return Optional.of(RerunReason.GROWTH);
        }
        if (newJudgments > 0 && now.judgments() >= now.lastJudgments() + newJudgments) {
            return Optional.of(RerunReason.JUDGMENTS);
        }
        return now.sinceLast().compareTo(interval) >= 0 ? Optional.of(RerunReason.INTERVAL) : Optional.empty();
    }
}
