package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.ComparisonKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topic of judgments has heard last of some judgments: who sends an old edition back must not do so over a newer
 * one. All editions of a judgment are on one partition, whose offsets say which is newer; a platform's payload was never on
 * that topic, so that there times must do.
 */
final class Later {
    private record Place(long offset, long timestamp) {}

    private final Map<ComparisonKey, Place> newest = new HashMap<>();

    private Later() {}

    /** Reads the topic of judgments once through. */
    static Later of(Deployment deployment, Set<ComparisonKey> wanted) {
        Later later = new Later();
        if (!wanted.isEmpty()) {
            try (TopicReader reader =
                    new TopicReader(deployment, deployment.topics().judgments().name())) {
                reader.readToEnd(record -> later.note(record, wanted));
            }
        }
        return later;
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Set<ComparisonKey> wanted) {
        DeadLetter.key(record.value())
                .filter(wanted::contains)
                .ifPresent(key -> newest.merge(
                        key,
                        new Place(record.offset(), record.timestamp()),
                        (one, other) -> new Place(
                                Math.max(one.offset, other.offset), Math.max(one.timestamp, other.timestamp))));
    }

    /** @return whether the judgment was sent or taken back again after this offset */
    boolean thanOffset(ComparisonKey key, long offset) {
        Place place = newest.get(key);
        return place != null && place.offset > offset;
    }

    /** @return whether the judgment was sent or taken back again after this time, in milliseconds */
    boolean thanTime(ComparisonKey key, long timestamp) {
        Place place = newest.get(key);
        return place != null && place.timestamp > timestamp;
    }
}
