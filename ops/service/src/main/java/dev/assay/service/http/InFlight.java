package dev.assay.service.http;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of bodies that are being received or wait for the broker. */
public final class InFlight {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    InFlight(long limit) {
        this.limit = limit;
    }

    /** @return whether there was room; then {@link #release} must follow, once */
    boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** @return bytes */
    public long held() {
        return held.get();
    }
}
