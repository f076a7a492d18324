package dev.assay.service.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that are not whole yet. So many and no more, shared among addresses: when there is no room for another, the
 * address with most of them loses its oldest. What is slower than it may be is refused. Whoever's body ends so is answered.
 */
final class ArrivingBodies {
    private final ClientBounds bounds;
    private final Executor threads;
    private final Map<String, ArrayDeque<ArrivingBody>> byAddress = new HashMap<>();
    private final Counter slow;
    private int count;

    /**
     * @param meters counts those ended as {@code stage.bodies.slow}, those on their way as {@code stage.bodies.arriving}
     * @param threads on which those are answered whose bodies are ended here
     */
    ArrivingBodies(ClientBounds bounds, MeterRegistry meters, String stage, Executor threads) {
        this.bounds = bounds;
        this.threads = threads;
        slow = meters.counter(stage + ".bodies.slow");
        Gauge.builder(stage + ".bodies.arriving", this, ArrivingBodies::count).register(meters);
    }

    /**
     * Follows a body until it is whole.
     *
     * @return its bytes, or the problem to answer with
     */
    CompletableFuture<byte[]> follow(ArrivingBody body) {
        ArrivingBody victim = add(body);
        if (victim != null) {
            end(
                    victim,
                    HttpProblem.later(
                            HttpProblem.TOO_SLOW, "too many bodies are on their way, and this one was the slowest", 1));
        }
        return body.whole().whenComplete((bytes, failure) -> remove(body));
    }

    /** The same of one that is only thrown away, but not for longer than {@code linger}. */
    CompletableFuture<byte[]> throwAway(ArrivingBody body) {
        Duration linger = bounds.linger();
        return follow(body).completeOnTimeout(new byte[0], linger.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return which must make room; null: none */
    private synchronized @Nullable ArrivingBody add(ArrivingBody body) {
        byAddress.computeIfAbsent(body.address(), address -> new ArrayDeque<>()).add(body);
        count++;
        ArrivingBody oldest = count <= bounds.arriving()
                ? null
                : Collections.max(byAddress.values(), Comparator.comparingInt(ArrayDeque::size))
                        .peekFirst();
        if (oldest != null) {
            remove(oldest);
        }
        return oldest;
    }

    private synchronized void remove(ArrivingBody body) {
        ArrayDeque<ArrivingBody> bodies = byAddress.get(body.address());
        if (bodies != null && bodies.remove(body)) {
            count--;
            if (bodies.isEmpty()) {
                byAddress.remove(body.address());
            }
        }
    }

    /** @return how many are on their way */
    synchronized int count() {
        return count;
    }

    /** Ends those that are too slow; to be called several times a window. */
    void look(long nowNanos) {
        for (ArrivingBody body : all()) {
            if (body.slow(nowNanos, bounds.window().toNanos(), bounds.leastBytes())) {
                end(
                        body,
                        HttpProblem.later(
                                HttpProblem.TOO_SLOW,
                                "a body must arrive at " + bounds.leastBytes() + " bytes in "
                                        + bounds.window().toMillis() + " ms at least, this one did not",
                                1));
            }
        }
    }

    private synchronized List<ArrivingBody> all() {
        List<ArrivingBody> all = new ArrayList<>(count);
        byAddress.values().forEach(all::addAll);
        return all;
    }

    /** On another thread than the one that looks: answers are written. */
    private void end(ArrivingBody body, HttpProblem problem) {
        slow.increment();
        threads.execute(() -> body.end(problem));
    }
}
