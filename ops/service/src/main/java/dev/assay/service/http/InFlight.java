package dev.assay.service.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of bodies that are being received or wait for the broker. Of those that nobody has vouched for yet, where others
 * bear tokens, only half may be held: who signs is known by the body alone, and forgers are not to keep the others out.
 */
public final class InFlight {
    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong unproven = new AtomicLong();

    InFlight(long limit) {
        this.limit = limit;
    }

    /** @param proven whether it is known who sends it */
    Room room(boolean proven) {
        return new Room(proven);
    }

    /** @return bytes */
    public long held() {
        return held.get();
    }

    private static boolean add(AtomicLong sum, long bytes, long most) {
        if (sum.addAndGet(bytes) <= most) {
            return true;
        }
        sum.addAndGet(-bytes);
        return false;
    }

    /** What one body takes. */
    final class Room {
        private final boolean proven;
        private long taken;

        private Room(boolean proven) {
            this.proven = proven;
        }

        /**
         * @param size that it is to have, where it does not have it already
         * @throws HttpProblem 429 if there is no room for the difference
         */
        synchronized void grow(long size) {
            long bytes = size - taken;
            if (bytes <= 0) {
                return;
            }
            if (!proven && !add(unproven, bytes, limit / 2)) {
                throw full();
            }
            if (!add(held, bytes, limit)) {
                if (!proven) {
                    unproven.addAndGet(-bytes);
                }
                throw full();
            }
            taken = size;
        }

        /** Gives all back; again: nothing. */
        synchronized void release() {
            held.addAndGet(-taken);
            if (!proven) {
                unproven.addAndGet(-taken);
            }
            taken = 0;
        }
    }

    private static HttpProblem full() {
        return HttpProblem.later(429, "too much is under way just now", 1);
    }
}
