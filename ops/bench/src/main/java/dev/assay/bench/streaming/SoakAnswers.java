package dev.assay.bench.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a {@link Soak} saw, together. */
final class SoakAnswers {
    private static final int SHOWN = 20;

    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong versions = new AtomicLong();
    private final List<String> wrong = new ArrayList<>();
    private final List<Double> millis = new ArrayList<>();
    private long valid;
    private long malformed;
    private long wrongs;

    /** @return the newest version anybody has been answered from: whoever asks now gets none before it */
    long newest() {
        return newest.get();
    }

    void answered(long version) {
        if (newest.getAndAccumulate(version, Math::max) < version) {
            versions.incrementAndGet();
        }
    }

    synchronized void took(double milliseconds, boolean wellFormed) {
        millis.add(milliseconds);
        valid += wellFormed ? 1 : 0;
        malformed += wellFormed ? 0 : 1;
    }

    synchronized void wrong(String what) {
        wrongs++;
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        }
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** @param warmUp requests whose time does not count */
    synchronized void addTo(Figures figures, int warmUp) {
        figures.add("answers checked", valid);
        figures.add("malformed requests refused", malformed);
        figures.add("wrong answers", wrongs);
        figures.add("versions answered from", versions.get());
        figures.addMillis(
                "request",
                millis.stream().skip(warmUp).mapToDouble(Double::doubleValue).toArray());
    }
}
