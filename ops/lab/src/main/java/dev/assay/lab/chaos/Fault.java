package dev.assay.lab.chaos;

import java.util.Locale;

/**
 * One fault of a schedule.
 *
 * @param atMillis when it begins, after the first judgment
 * @param action what is done
 * @param target slot of the estimator, or index of the broker; 0 where the action has but one
 * @param lastsMillis until it is undone
 */
record Fault(long atMillis, Action action, int target, long lastsMillis) {
    /** What meets no second fault before the first has ended. */
    enum Target {
        /** One that is there from the beginning. */
        ESTIMATOR,
        /** One that comes and goes. */
        VISITOR,
        /** All of them, one after the other or at once: no estimator meets another fault meanwhile. */
        ESTIMATORS,
        /** Of the brokers one at a time, with time to catch up: what is promised is promised for one lost of three. */
        BROKER,
        /** The topics, while everything runs. */
        TOPICS,
        /** The one scorer. */
        SCORER
    }

    /** What is done to a target, and undone when the fault has lasted. */
    enum Action {
        /** SIGKILL, then a start. */
        KILL_ESTIMATOR(Target.ESTIMATOR, 30, 200, 5_000),
        /** SIGSTOP, then SIGCONT: long pauses lose the shards, and the process does not know. */
        PAUSE_ESTIMATOR(Target.ESTIMATOR, 20, 1_000, 15_000),
        /** SIGTERM, then a start. */
        STOP_ESTIMATOR(Target.ESTIMATOR, 10, 200, 5_000),
        /** One estimator more, then SIGTERM to it. */
        ADD_ESTIMATOR(Target.VISITOR, 12, 8_000, 20_000),
        /** SIGKILL, then a start. */
        KILL_BROKER(Target.BROKER, 16, 200, 6_000),
        /** SIGSTOP, then SIGCONT. */
        PAUSE_BROKER(Target.BROKER, 12, 1_000, 8_000),
        /** SIGKILL, then a start. */
        KILL_SCORER(Target.SCORER, 8, 200, 5_000);

        private final Target target;
        private final int chance;
        private final long leastMillis;
        private final long mostMillis;

        Action(Target target, int chance, long leastMillis, long mostMillis) {
            this.target = target;
            this.chance = chance;
            this.leastMillis = leastMillis;
            this.mostMillis = mostMillis;
        }

        Target target() {
            return target;
        }

        /** How often it is drawn, in proportion to the others. */
        int chance() {
            return chance;
        }

        long leastMillis() {
            return leastMillis;
        }

        long mostMillis() {
            return mostMillis;
        }

        /** As it is written on the command line and in reports. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    long endsMillis() {
        return atMillis + lastsMillis;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f s %s %d for %.1f s",
                atMillis / 1e3,
                action.label().replace('-', ' '),
                target,
                lastsMillis / 1e3);
    }
}
