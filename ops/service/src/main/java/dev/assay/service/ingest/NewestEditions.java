package dev.assay.service.ingest;

import dev.assay.schemas.WireFormat;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ComparisonKey;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topic of judgments has heard last of some judgments: who sends an old edition back must not do so over a newer
 * one. Say what to look for, read, then ask. All editions of a judgment are on one partition, whose offsets say which is newer; a platform's payload was never on
 * that topic, so that there times must do.
 */
public final class NewestEditions {
    private static final Place NOTHING = new Place(-1, Long.MIN_VALUE);

    private record Place(long offset, long timestamp) {
        Place later(Place other) {
            return new Place(Math.max(offset, other.offset), Math.max(timestamp, other.timestamp));
        }
    }

    private final Map<ComparisonKey, Place> newest = new HashMap<>();
    private final JudgmentCodec codec;

    /** @param wire of the topic of judgments */
    public NewestEditions(WireFormat wire) {
        codec = new JudgmentCodec(wire);
    }

    /** A judgment to look for, which a record of the topic of judgments is about. */
    public void lookFor(ComparisonKey key) {
        newest.putIfAbsent(key, NOTHING);
    }

    /** A judgment to look for, which a payload received at this time is about: of several the newest counts. */
    public void lookFor(ComparisonKey key, long timestamp) {
        newest.merge(key, new Place(NOTHING.offset, timestamp), Place::later);
    }

    /** Reads the topic of judgments once through. */
    public void read(Deployment deployment) {
        if (!newest.isEmpty()) {
            Clients.read(deployment, deployment.topics().judgments().name(), this::note);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        DeadLetter.key(codec, record.value())
                .ifPresent(key -> newest.computeIfPresent(
                        key, (same, before) -> before.later(new Place(record.offset(), record.timestamp()))));
    }

    /** @return whether the judgment was sent or taken back again after this offset */
    public boolean isAfterOffset(ComparisonKey key, long offset) {
        Place place = newest.get(key);
        return place != null && place.offset > offset;
    }

    /** @return whether the judgment was sent or taken back again after this time, in milliseconds */
    public boolean isAfterTime(ComparisonKey key, long timestamp) {
        Place place = newest.get(key);
        return place != null && place.timestamp > timestamp;
    }
}
