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
        /** Two of three at once: nobody leads meanwhile, and no other broker meets a fault. */
        QUORUM,
        /** The topics, while everything runs. */
        TOPICS,
        /** What is on them: it is done in a moment, and goes with everything else. */
        RECORDS,
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
        /** Records that nobody can use, on one topic. */
        POISON(Target.RECORDS, 14, 1, 2),
        /** Its clock is days wrong, then right again. */
        JUMP_CLOCK(Target.ESTIMATOR, 8, 1_000, 12_000),
        /** In the middle of a rerun: SIGKILL, its files deleted, then a start. */
        DELETE_STATE(Target.ESTIMATOR, 8, 200, 5_000),
        /** SIGTERM to all, their group deleted, then all are started and read everything again. */
        RESET_GROUP(Target.ESTIMATORS, 5, 200, 3_000),
        /** Judgments and reports that have been read, and are older than a minute, are deleted. */
        EXPIRE(Target.RECORDS, 8, 1, 2),
        /** Compacted topics are compacted at once, and all the time. */
        COMPACT(Target.TOPICS, 8, 8_000, 20_000),
        /** Estimators of an older build are replaced by this one; once a run, if there is one, and early. */
        UPGRADE(Target.ESTIMATORS, 1, 500, 1_000),
        /** What one estimator says to all brokers, or hears of them, or both, does not arrive, and no connection ends. */
        CUT_NETWORK(Target.ESTIMATOR, 10, 1_000, 20_000),
        /** Each chunk in one direction is held for 50 to 500 ms. */
        DELAY_NETWORK(Target.ESTIMATOR, 8, 3_000, 20_000),
        /** One direction has 20 kB/s. */
        THROTTLE_NETWORK(Target.ESTIMATOR, 8, 3_000, 20_000),
        /** The file system of a broker's data has no space left: the broker ends itself, and is started when it has. */
        FILL_DISK(Target.BROKER, 8, 6_000, 15_000),
        /** SIGKILL, and a start after the transaction timeout: a lone broker leaves transactions open for ever then. */
        KILL_BROKER_LONG(Target.BROKER, 8, 11_000, 16_000),
        /** SIGKILL of two, for three minutes. */
        KILL_TWO_BROKERS(Target.QUORUM, 8, 180_000, 185_000),
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
