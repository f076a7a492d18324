package dev.assay.lab.chaos;

import java.util.Locale;

/**
 * One fault of a schedule.
 *
 * @param atMillis when it begins, after the first judgment
 * @param action what is done
 * @param target slot of the estimator, or index of the broker
 * @param lastsMillis until the target is started again or goes on
 */
record Fault(long atMillis, Action action, int target, long lastsMillis) {
    /** What is done to a target, and undone when the fault has lasted. */
    enum Action {
        /** SIGKILL, then a start. */
        KILL_ESTIMATOR,
        /** SIGTERM, then a start. */
        STOP_ESTIMATOR,
        /** SIGSTOP, then SIGCONT: long pauses lose the shards, and the process does not know. */
        PAUSE_ESTIMATOR,
        /** One estimator more, then SIGTERM to it. */
        ADD_ESTIMATOR,
        /** SIGKILL, then a start. */
        KILL_BROKER,
        /** SIGSTOP, then SIGCONT. */
        PAUSE_BROKER
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
                action.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                target,
                lastsMillis / 1e3);
    }
}
