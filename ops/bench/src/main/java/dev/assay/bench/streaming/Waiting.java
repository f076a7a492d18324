package dev.assay.bench.streaming;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits by looking every millisecond. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Waiting() {}

    /** @return when it was so, as {@link System#nanoTime} */
    static long until(String what, BooleanSupplier so) throws InterruptedException, TimeoutException {
        return until(what, PATIENCE, so);
    }

    static long until(String what, Duration patience, BooleanSupplier so)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("waited in vain until " + what);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return System.nanoTime();
    }
}
