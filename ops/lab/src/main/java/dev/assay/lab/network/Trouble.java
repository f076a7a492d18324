package dev.assay.lab.network;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What is wrong with a line. It knows no clock: it is told the time and says how long bytes are held. */
@FunctionalInterface
public interface Trouble {
    /**
     * Called once for each chunk, by one thread at a time.
     *
     * @param bytes that want to pass; 0 for the end of a connection, which has its place behind them
     * @param now any clock that does not go back, in nanoseconds
     * @return nanoseconds until they may
     */
    long holdsNanos(int bytes, long now);

    /** Nothing passes until the line is mended. */
    static Trouble cut() {
        return (bytes, now) -> Long.MAX_VALUE;
    }

    /** Each chunk is held for a while, so that a slow line is a narrow one too, as it is for whoever waits for answers. */
    static Trouble delayed(Duration least, Duration most, SplittableRandom random) {
        return (bytes, now) -> random.nextLong(least.toNanos(), most.toNanos());
    }

    /** All connections of the line together get no more than this. */
    static Trouble throttled(int bytesPerSecond) {
        return new Trouble() {
            private boolean used;
            private long freeAt;

            @Override
            public long holdsNanos(int bytes, long now) {
                long begins = used && freeAt - now > 0 ? freeAt : now;
                used = true;
                freeAt = begins + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
                return freeAt - now;
            }
        };
    }
}
