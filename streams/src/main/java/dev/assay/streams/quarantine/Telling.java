package dev.assay.streams.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which of the records put aside are told of, so that a flood of garbage is no flood of events. Of a topic and a reason: the
 * first at once, then one a minute, and within the minute once there have been twice as many as were told last. Each stands
 * for those since the one before; so more than half of a flood is told while it lasts, by the logarithm of its size, and the
 * rest with the next record. The quarantine has every one, and the metric counts it.
 *
 * <p>Memory of one process, which a restart loses: then the next is told at once, as if it were the first.
 */
final class Telling {
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Kind, Last> told = new HashMap<>();

    private record Kind(String topic, QuarantineReason reason) {}

    /** What was told last of a kind, and how many have come since. */
    private record Last(String place, long records, Instant at, long since) {
        boolean followedBy(String next, Instant now) {
            return since + 1 >= 2 * records
                    || Duration.between(at, now).abs().compareTo(EVERY) >= 0 // a clock may be set back
                    || next.equals(place); // Its transaction was given up, and what told of it with it.
        }

        Last withOneMore() {
            return new Last(place, records, at, since + 1);
        }
    }

    Telling(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Another record was put aside.
     *
     * @param place of the record
     * @return how many it stands for, itself included, if it is to be told of
     */
    synchronized OptionalLong due(String topic, QuarantineReason reason, String place) {
        Kind kind = new Kind(topic, reason);
        Last last = told.get(kind);
        Instant now = clock.instant();
        if (last != null && !last.followedBy(place, now)) {
            told.put(kind, last.withOneMore());
            return OptionalLong.empty();
        }
        long records = last == null ? 1 : last.since() + 1;
        told.put(kind, new Last(place, records, now, 0));
        return OptionalLong.of(records);
    }
}
