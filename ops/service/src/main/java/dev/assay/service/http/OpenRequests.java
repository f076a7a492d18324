package dev.assay.service.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Requests that have come in and are not answered yet: who closes waits for them, and lets no more in. */
final class OpenRequests {
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;

    /**
     * It has come in. It is over when Jetty has done with it: Javalin's own words for the end come when the answer is written,
     * before its socket has it, and stopping the server then would break the connection.
     */
    void begin(Context ctx) {
        open.incrementAndGet();
        org.eclipse.jetty.server.Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(ctx.req()), failure -> open.decrementAndGet());
    }

    /** @throws HttpProblem 503 if no more are let in */
    void requireOpen() {
        if (closing) { // Looked at after counting: who closes either sees this request, or this sees that it closes.
            throw HttpProblem.later(503, "this server is closing", 1);
        }
    }

    /** Waits until all are answered, for the patience at most. */
    void drain(Duration patience) {
        closing = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (open.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
