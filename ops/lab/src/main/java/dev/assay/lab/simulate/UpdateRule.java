package dev.assay.lab.simulate;

import dev.assay.streams.descend.RerunSchedule;
import java.time.Duration;

/**
 * When a rerun is due, MODEL §2: the service's own schedule, as far as it goes by growth and drift.
 *
 * @param name     for people
 * @param schedule from 100 judgments a parameter on, where one-step estimates are published
 */
record UpdateRule(String name, RerunSchedule schedule) {
    private static final double EARLY_GROWTH = 1.3;
    private static final double LATE_GROWTH = 2;
    private static final double LARGEST_DRIFT = 0.1;
    private static final double NOT = Double.MAX_VALUE; // a schedule is of finite numbers

    static final UpdateRule NEVER = new UpdateRule("none after 100p", schedule(NOT, NOT, NOT));
    static final UpdateRule GROWTH = new UpdateRule("growth of n", schedule(NOT, EARLY_GROWTH, LATE_GROWTH));
    static final UpdateRule DRIFT = new UpdateRule("drift above 0.1", schedule(LARGEST_DRIFT, NOT, NOT));
    static final UpdateRule DEFAULT =
            new UpdateRule("growth or drift", schedule(LARGEST_DRIFT, EARLY_GROWTH, LATE_GROWTH));

    /** Judgments a parameter: below, no one-step estimate is published. */
    static final int PUBLISHED_FROM = 100;

    private static RerunSchedule schedule(double drift, double growth, double lateGrowth) {
        return new RerunSchedule(1, drift, growth, lateGrowth, 0, Duration.ofDays(1), Duration.ofSeconds(1));
    }

    /** Whether one-step estimates are published. */
    static boolean publishes(long n, int p) {
        return n >= (long) PUBLISHED_FROM * p;
    }

    /**
     * @param before judgments at the last rerun
     * @param drift  estimated, in standard errors
     */
    boolean due(long n, long before, int p, double drift) {
        RerunSchedule used = publishes(n, p) ? schedule : GROWTH.schedule; // before, by growth whatever the rule
        return used.due(new RerunSchedule.Situation(n, p, true, before, null, Duration.ZERO, Math.min(drift, NOT)))
                .isPresent();
    }
}
