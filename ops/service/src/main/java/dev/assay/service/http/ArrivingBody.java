package dev.assay.service.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way. What is there is taken without waiting; for the rest the server calls again, and no thread waits. Once
 * ended, whole or not, nothing is read any more. What waits for it goes on outside its lock, on the thread that ended it.
 */
final class ArrivingBody implements ReadListener {
    private static final int FIRST_BYTES = 8192;
    private static final byte[] NOTHING = {};

    private final String address;
    private final ServletInputStream in;
    private final long declared;
    private final int largest;
    private final InFlight.@Nullable Room room;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    // Guarded by this.
    private byte[] bytes = NOTHING;
    private long count;
    private boolean ended;
    private @Nullable HttpProblem problem;
    private long countedAtLook;
    private long lookNanos;

    /**
     * @param address whose it is
     * @param declared how many bytes it says it has; -1: it does not
     * @param largest most bytes it may have
     * @param room what grows with it; null: it is only thrown away
     * @param nowNanos when it begins
     */
    ArrivingBody(
            String address,
            ServletInputStream in,
            long declared,
            int largest,
            InFlight.@Nullable Room room,
            long nowNanos) {
        this.address = address;
        this.in = in;
        this.declared = declared;
        this.largest = largest;
        this.room = room;
        lookNanos = nowNanos;
    }

    String address() {
        return address;
    }

    /** @return done with the bytes, or failed with the problem to answer with */
    CompletableFuture<byte[]> whole() {
        return whole;
    }

    /**
     * Takes what is there, without waiting, before the server has been asked to call.
     *
     * @return whether it has ended
     */
    boolean takeWhatIsThere() {
        advance(() -> in.available() > 0);
        return whole.isDone();
    }

    /** The server is to call from now on; the request is asynchronous. */
    void listen() {
        in.setReadListener(this);
    }

    /** There is more; the server calls again where {@code isReady} said no. */
    @Override
    public void onDataAvailable() {
        advance(in::isReady);
    }

    @Override
    public void onAllDataRead() {
        synchronized (this) {
            close(null);
        }
        settle();
    }

    @Override
    public void onError(Throwable failure) {
        end(notWhole(failure));
    }

    /** It ends here, whatever is still to come; nothing if it has ended. */
    void end(HttpProblem because) {
        synchronized (this) {
            close(because);
        }
        settle();
    }

    /** @return whether fewer bytes than that have come since one looked, a window ago or longer */
    synchronized boolean slow(long nowNanos, long windowNanos, int leastBytes) {
        if (nowNanos - lookNanos < windowNanos) {
            return false;
        }
        boolean slow = count - countedAtLook < leastBytes;
        countedAtLook = count;
        lookNanos = nowNanos;
        return slow;
    }

    /** Whether there is something to read now. */
    private interface Ready {
        boolean isReady() throws IOException;
    }

    private void advance(Ready ready) {
        synchronized (this) {
            try {
                while (!ended && count != declared && ready.isReady() && !in.isFinished()) {
                    take();
                }
                if (count == declared || in.isFinished()) {
                    close(null);
                }
            } catch (IOException e) {
                close(notWhole(e));
            } catch (HttpProblem e) {
                close(e);
            }
        }
        settle();
    }

    private void take() throws IOException {
        if (room == null) {
            bytes = bytes.length == 0 ? new byte[FIRST_BYTES] : bytes;
            count += Math.max(0, in.read(bytes, 0, bytes.length));
            return;
        }
        makeRoom(in.available());
        count += Math.max(0, in.read(bytes, (int) count, bytes.length - (int) count));
        if (count > largest) {
            throw tooLarge(largest);
        }
    }

    /**
     * Doubles, so that what is held is at most twice what has come.
     *
     * @param there bytes that can be read now
     */
    private void makeRoom(int there) {
        if (count < bytes.length) {
            return;
        }
        long most = declared >= 0 ? declared : largest + 1L;
        int size = Math.toIntExact(Math.min(most, Math.max(2 * count, count + Math.max(there, FIRST_BYTES))));
        Objects.requireNonNull(room).grow(Math.min(size, largest));
        bytes = Arrays.copyOf(bytes, size);
    }

    private void close(@Nullable HttpProblem because) {
        if (!ended) {
            ended = true;
            problem = because == null && count < declared ? notWhole(null) : because;
        }
    }

    private void settle() {
        byte[] body;
        HttpProblem because;
        synchronized (this) {
            if (!ended || whole.isDone()) {
                return;
            }
            because = problem;
            body = room == null || because != null ? NOTHING : bytes;
            body = body.length <= count ? body : Arrays.copyOf(body, (int) count);
        }
        if (because != null) {
            whole.completeExceptionally(because);
        } else {
            whole.complete(body);
        }
    }

    static HttpProblem tooLarge(int largest) {
        return HttpProblem.of(413, "a body must have at most " + largest + " bytes");
    }

    private static HttpProblem notWhole(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                ? HttpProblem.later(HttpProblem.TOO_SLOW, "the body stood still before it had arrived whole", 1)
                : HttpProblem.of(400, "the body did not arrive whole");
    }
}
