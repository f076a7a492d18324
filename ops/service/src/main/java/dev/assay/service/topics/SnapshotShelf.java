package dev.assay.service.topics;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots by version, wherever the topics still have them. A year of snapshots with their matrices would fill any memory: it
 * knows where each one is, and keeps the few used last. Decisions come nearly in the order of their versions.
 */
public final class SnapshotShelf implements AutoCloseable {
    private static final int OPEN = 4;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Deployment deployment;
    private final SnapshotCodec codec;
    private final Map<Long, Place> places = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, ScoringModel> open = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ScoringModel> eldest) {
            return size() > OPEN;
        }
    };

    private record Place(TopicPartition partition, long offset) {}

    /** Reads through both topics of snapshots once. */
    public SnapshotShelf(Deployment deployment) {
        codec = new SnapshotCodec(deployment.wire());
        this.deployment = deployment;
        int parameters = deployment.shape().parameters();
        index(deployment.topics().parameters(parameters).name());
        index(deployment.topics().parameterHistory(parameters).name()); // last, because it keeps what it has
        consumer = Clients.consumer(deployment);
    }

    private void index(String topic) {
        Clients.read(deployment, topic, record -> {
            ParameterSnapshot snapshot = decoded(record);
            if (snapshot != null) {
                places.put(
                        snapshot.version(), new Place(new TopicPartition(topic, record.partition()), record.offset()));
            }
        });
    }

    /** @return the model of that version; empty if no topic has it any more */
    public Optional<ScoringModel> model(long version) {
        ScoringModel known = open.get(version);
        Place place = places.get(version);
        if (known != null || place == null) {
            return Optional.ofNullable(known);
        }
        Optional<ScoringModel> found = fetched(place).map(ScoringModel::of);
        found.ifPresent(model -> open.put(version, model));
        return found;
    }

    private Optional<ParameterSnapshot> fetched(Place place) {
        consumer.assign(List.of(place.partition));
        consumer.seek(place.partition, place.offset);
        while (consumer.position(place.partition) <= place.offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == place.offset // a later one: this has been compacted away meanwhile
                        ? Optional.ofNullable(decoded(record))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @return null of another model's, and of what cannot be read */
    private @Nullable ParameterSnapshot decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            ParameterSnapshot snapshot = record.value() == null ? null : codec.decode(record.value());
            return snapshot != null && snapshot.model().equals(deployment.model()) ? snapshot : null;
        } catch (UndecodableException e) {
            return null; // Its version is unknown; whoever needs it will be told that it is gone.
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
