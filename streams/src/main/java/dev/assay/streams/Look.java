package dev.assay.streams;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a role looks like from outside at one moment. Counts only grow, as long as the thread lives.
 *
 * @param nanos when, on the clock of {@link System#nanoTime}
 * @param failed whether Kafka Streams has given up
 * @param running whether partitions are assigned and restored
 * @param wanted stream threads that there should be
 * @param threads those that live, by name
 * @param dying since when the thread that failed first and has not ended has been failing; zero: there is none
 * @param lag records that are there and not read, over the partitions that this process reads; empty: nobody knows
 */
record Look(
        long nanos,
        boolean failed,
        boolean running,
        int wanted,
        Map<String, Work> threads,
        Duration dying,
        OptionalDouble lag) {
    /**
     * What a thread has done since it began.
     *
     * @param polls times it has asked for records
     * @param processed records
     * @param commits times it has committed something
     */
    record Work(double polls, double processed, double commits) {}
}
