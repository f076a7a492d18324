package dev.assay.service.serve.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One reader's stream of server-sent events. Only the thread that writes all streams calls its methods; the container says on
 * its own threads when there is room again, and when the reader is gone.
 */
public final class ActivityStream implements WriteListener {
    private final ServletOutputStream out;
    private final Runnable wake;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private volatile boolean room; // not before the container has said so for the first time
    private boolean unflushed;
    private long writtenNanos;

    // What the reader knows, and since when.
    @Nullable
    Activity activity;

    @Nullable
    Refusals refusals;

    long version;
    long activityNanos;
    long refusalsNanos;

    /**
     * @param out of the response
     * @param wake the thread that writes
     */
    public ActivityStream(ServletOutputStream out, Runnable wake, long nowNanos) {
        this.out = out;
        this.wake = wake;
        writtenNanos = nowNanos;
    }

    /** @return done when either side has ended it */
    public CompletableFuture<@Nullable Void> done() {
        return done;
    }

    /** Whether something can be written without waiting; what was written before has gone out then. */
    boolean ready() throws IOException {
        while (!done.isDone() && hasRoom()) {
            if (!unflushed) {
                return true;
            }
            unflushed = false;
            out.flush();
        }
        return false;
    }

    private boolean hasRoom() {
        if (!room) {
            return false;
        }
        room = false; // Before asking: the container may say otherwise before its answer is here.
        boolean now = out.isReady();
        if (now) {
            room = true;
        }
        return now;
    }

    /** Only when {@link #ready}. */
    void write(byte[] frame, long nowNanos) throws IOException {
        out.write(frame);
        unflushed = true;
        writtenNanos = nowNanos;
    }

    /** Since when nothing could be written, or nothing was there to be. */
    long writtenNanos() {
        return writtenNanos;
    }

    void end() {
        done.complete(null);
    }

    @Override
    public void onWritePossible() {
        room = true;
        wake.run();
    }

    @Override
    public void onError(Throwable failure) {
        end(); // The reader is gone: there is nobody to tell.
    }
}
