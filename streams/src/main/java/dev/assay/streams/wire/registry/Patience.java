package dev.assay.streams.wire.registry;

import java.time.Duration;

/** Time as waiting for a registry needs it; a test gives one in which no time passes. */
interface Patience {
    /** Longest time from the first to the last try of one call. */
    Duration LONGEST = Duration.ofSeconds(30);

    /** @return nanoseconds since some moment */
    long nanos();

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;

    /** @return the machine's */
    static Patience system() {
        return new Patience() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
