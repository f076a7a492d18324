package dev.assay.service.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests that have come in and are not answered yet: who closes waits for them, and lets no more in. */
final class OpenRequests {
    private static final String COUNTED = "assay.counted";
    private static final long LOOK_AGAIN_NANOS = 2_000_000;
    /** The answer counted last may still be on its way to its socket, which stopping the server would close. */
    private static final long LAST_BYTES_NANOS = 100_000_000;

    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;
    private volatile long endedNanos = System.nanoTime() - LAST_BYTES_NANOS;

    /** It has come in. */
    void begin(Context ctx) {
        open.incrementAndGet();
        ctx.attribute(COUNTED, true);
    }

    /** @throws HttpProblem 503 if no more are let in */
    void requireOpen() {
        if (closing) { // Looked at after counting: who closes either sees this request, or this sees that it closes.
            throw HttpProblem.later(503, "this server is closing", 1);
        }
    }

    /** The answer is written. */
    void end(Context ctx) {
        if (ctx.attribute(COUNTED) != null) {
            endedNanos = System.nanoTime();
            open.decrementAndGet();
        }
    }

    /** Waits until all are answered, for the patience at most. */
    void drain(Duration patience) {
        closing = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (open.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        while (System.nanoTime() - endedNanos < LAST_BYTES_NANOS) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
