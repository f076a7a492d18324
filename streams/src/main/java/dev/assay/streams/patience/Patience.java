package dev.assay.streams.patience;

import java.time.Duration;

/** Time as waiting for others needs it; a test gives one in which no time passes. */
public interface Patience {
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
