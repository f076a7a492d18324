package dev.assay.service.serve.dashboard;

import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Route;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/activity/stream}: what happens, as it happens. One thread writes all streams, without ever waiting for a reader:
 * who is slow gets the newest document when there is room again and misses those in between, who does not read at all is cut off.
 */
public final class ActivityStreams implements AutoCloseable {
    /** Streams at once; each has a connection and a document under way. */
    public static final int MOST = 64;

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
    private static final long BETWEEN_NANOS = Duration.ofMillis(500).toNanos();
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long CLOSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_AGAIN_NANOS = 2_000_000;
    private static final int RETRY_SECONDS = 5;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<DashboardState> seen;
    private final LongSupplier version;
    private final Counter slow;
    private final Set<ActivityStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Thread writer = new Thread(this::run, "activity-streams");
    private volatile boolean closing;

    // The newest documents are written once for all streams.
    private Written activity = Written.NOTHING;
    private Written refusals = Written.NOTHING;

    /**
     * @param seen of the topics up to now
     * @param version answered from; 0: none yet
     * @param meters shows {@code serve.streams.open}, counts {@code serve.streams.slow}
     */
    public ActivityStreams(Supplier<DashboardState> seen, LongSupplier version, MeterRegistry meters) {
        this.seen = seen;
        this.version = version;
        slow = meters.counter("serve.streams.slow");
        meters.gauge("serve.streams.open", open);
        writer.setDaemon(true);
    }

    /** Begins to write. */
    public void start() {
        writer.start();
    }

    /** A document, and how it goes to every stream. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(@Nullable Object document, byte[] frame) {
        static final Written NOTHING = new Written(null, new byte[0]);

        Written of(String event, Object newest) {
            return newest.equals(document) ? this : new Written(newest, ActivityStreams.frame(event, newest));
        }
    }

    /** Another snapshot is answered from. */
    private record AnsweredFrom(long version) {}

    /** The route, which leaves a stream open. */
    public Route route() {
        return Route.raw("/v1/activity/stream", this::open)
                .named("activityStream", "The same as it happens, as server-sent events")
                .saying(
                        "`event: activity` with the document of /v1/activity, at once and whenever it has changed, at most"
                                + " twice a second; `event: refusals` with that of /v1/refusals likewise; `event: model` with"
                                + " `{\"version\": 2}` when answers come from another snapshot. A comment every 15 seconds shows that"
                                + " the stream lives. Who reads too slowly misses documents in between, and is cut off when nothing"
                                + " is read for 20 seconds.")
                .answersAs("text/event-stream", "Until either side closes it.")
                .refuses(503);
    }

    /** @throws HttpProblem 503 if there are too many, or the server closes */
    void open(Context ctx) {
        if (closing) {
            throw HttpProblem.later(503, "this server is closing", 1);
        }
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw HttpProblem.later(503, "streams must be at most " + MOST + " at once", RETRY_SECONDS);
        }
        ctx.contentType("text/event-stream")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no"); // for nginx, which would keep them until they fill a buffer
        ctx.future(() -> begin(ctx));
    }

    private CompletableFuture<?> begin(Context ctx) {
        ctx.req().getAsyncContext().addListener(new Completion(open::decrementAndGet));
        ActivityStream stream;
        try {
            var out = ctx.res().getOutputStream();
            stream = new ActivityStream(out, () -> LockSupport.unpark(writer), System.nanoTime());
            out.setWriteListener(stream);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(null); // The reader is gone already.
        }
        streams.add(stream);
        CompletableFuture<?> done = stream.done().whenComplete((ended, failure) -> streams.remove(stream));
        if (closing) {
            stream.end();
        }
        LockSupport.unpark(writer);
        return done;
    }

    private void run() {
        while (!closing) {
            long now = System.nanoTime();
            for (ActivityStream stream : streams) {
                serve(stream, now);
            }
            if (streams.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
        streams.forEach(ActivityStream::end);
    }

    /**
     * Writes what is due to one stream.
     *
     * @param now in nanoseconds of {@link System#nanoTime}
     */
    public void serve(ActivityStream stream, long now) {
        try {
            while (stream.ready()) {
                byte[] next = next(stream, now);
                if (next == null) {
                    return;
                }
                stream.write(next, now);
            }
            if (now - stream.writtenNanos() > PATIENCE_NANOS) {
                slow.increment();
                stream.end();
            }
        } catch (IOException | IllegalStateException e) {
            stream.end(); // The reader has gone between two questions.
        }
    }

    /** What the reader does not know yet; null: nothing. At first that is everything, later at most so much at a time. */
    private byte @Nullable [] next(ActivityStream stream, long now) {
        DashboardState newest = seen.get();
        if (stream.activity == null
                || (!newest.activity().equals(stream.activity) && now - stream.activityNanos >= BETWEEN_NANOS)) {
            stream.activity = newest.activity();
            stream.activityNanos = now;
            activity = activity.of("activity", newest.activity());
            return activity.frame;
        }
        if (stream.refusals == null
                || (!newest.refusals().equals(stream.refusals) && now - stream.refusalsNanos >= BETWEEN_NANOS)) {
            stream.refusals = newest.refusals();
            stream.refusalsNanos = now;
            refusals = refusals.of("refusals", newest.refusals());
            return refusals.frame;
        }
        long answered = version.getAsLong();
        if (stream.version != answered) {
            stream.version = answered;
            return frame("model", new AnsweredFrom(answered));
        }
        return now - stream.writtenNanos() >= HEARTBEAT_NANOS ? HEARTBEAT : null;
    }

    /** JSON has no line breaks here, so that it is one line of data. */
    private static byte[] frame(String event, Object document) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(("event: " + event + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(new HttpAnswer(200, document).json());
        frame.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    /** Ends all streams, and lets no more begin. Waits for their last bytes, but not for who does not read. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        long deadline = System.nanoTime() + CLOSE_NANOS;
        while (open.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** The container has sent the last bytes of a stream, or given it up. */
    private record Completion(Runnable then) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            then.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
