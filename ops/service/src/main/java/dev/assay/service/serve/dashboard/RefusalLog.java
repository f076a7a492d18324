package dev.assay.service.serve.dashboard;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the dead letters that are on their topic, the newest up to a bound. Of each only its place and its reason are kept.
 * Not for several threads.
 */
final class RefusalLog {
    /** Of reasons that anybody may have written into a header; ours are fewer. */
    static final int MOST_REASONS = 64;

    private static final int LONGEST_REASON = 80;
    private static final String NONE = "(none)"; // as assay dlq list says it
    private static final String OTHER = "(other)";

    private final int most;
    private final Deque<Letter> letters = new ArrayDeque<>();
    private final Map<String, Counted> reasons = new HashMap<>();
    private final Map<Integer, Long> countedFrom = new HashMap<>();
    private final Map<Integer, Long> thereFrom = new HashMap<>();

    private record Letter(int partition, long offset, String reason) {}

    private record Counted(String reason, long count, Instant lastAt, String last) {}

    /** @param most dead letters counted */
    RefusalLog(int most) {
        this.most = most;
    }

    /** From where on a partition is counted. */
    void countFrom(int partition, long offset) {
        countedFrom.merge(partition, offset, Math::max);
    }

    /**
     * Takes a dead letter in.
     *
     * @param reason of its header; null: it has none
     */
    void add(int partition, long offset, Instant at, @Nullable String reason) {
        Counted before = reasons.get(known(reason));
        String name = before == null ? nameOf(reason) : before.reason();
        String place = partition + "@" + offset;
        reasons.merge(
                name,
                new Counted(name, 1, at, place),
                (old, one) -> one.lastAt().isBefore(old.lastAt())
                        ? new Counted(name, old.count() + 1, old.lastAt(), old.last())
                        : new Counted(name, old.count() + 1, one.lastAt(), one.last()));
        letters.addLast(new Letter(partition, offset, name));
        if (letters.size() > most) {
            Letter oldest = letters.removeFirst();
            forget(oldest);
            countFrom(oldest.partition(), oldest.offset() + 1);
        }
    }

    /**
     * What is before these offsets is on the topic no more.
     *
     * @param beginnings by partition
     * @return whether anything was counted of it
     */
    boolean gone(Map<Integer, Long> beginnings) {
        thereFrom.putAll(beginnings);
        return letters.removeIf(letter -> {
            boolean gone = letter.offset() < beginnings.getOrDefault(letter.partition(), 0L);
            if (gone) {
                forget(letter);
            }
            return gone;
        });
    }

    private void forget(Letter letter) {
        reasons.computeIfPresent(
                letter.reason(),
                (name, old) -> old.count() == 1 ? null : new Counted(name, old.count() - 1, old.lastAt(), old.last()));
    }

    Refusals soFar() {
        List<Refusals.Reason> all = reasons.values().stream()
                .map(one -> new Refusals.Reason(one.reason(), one.count(), one.lastAt(), one.last()))
                .sorted(Comparator.comparing((Refusals.Reason one) -> -one.count())
                        .thenComparing(Refusals.Reason::reason))
                .toList();
        boolean truncated = countedFrom.entrySet().stream()
                .anyMatch(from -> from.getValue() > thereFrom.getOrDefault(from.getKey(), 0L));
        return new Refusals(letters.size(), truncated, all);
    }

    private static String known(@Nullable String reason) {
        return reason == null || reason.isBlank()
                ? NONE
                : reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    private String nameOf(@Nullable String reason) {
        return reasons.size() < MOST_REASONS - 1 ? known(reason) : OTHER;
    }
}
