package dev.assay.bench.http;

import java.util.concurrent.locks.LockSupport;

/**
 * Requests that are due at their time, however late the one before was answered.
 *
 * @param beginNanos when the first one is due, as {@link System#nanoTime}
 * @param perSecond how many
 */
public record Pace(long beginNanos, int perSecond) {
    /** Waits for the time of one of them, from 0; @return when that was or, for who is late, would have been */
    public long await(int number) {
        long due = beginNanos + number * 1_000_000_000L / perSecond;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        return due;
    }
}
