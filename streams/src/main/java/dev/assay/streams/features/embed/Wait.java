package dev.assay.streams.features.embed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time as patience needs it; a test gives one in which no time passes. */
public interface Wait {
    /** @return the time */
    Instant now();

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;

    /** @return the machine's */
    static Wait system() {
        InstantSource clock = InstantSource.system();
        return new Wait() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
