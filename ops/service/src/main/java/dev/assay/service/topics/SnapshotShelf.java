package dev.assay.service.topics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.SnapshotCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots by version, wherever the topics still have them. A year of snapshots with their matrices would fill any memory: it
 * knows where each one is, and keeps a few open. Decisions come nearly in the order of their versions.
 */
public final class SnapshotShelf implements AutoCloseable {
    private static final int OPEN = 4;

    private final Deployment deployment;
    private final SnapshotCodec codec;
    private final Map<Long, Place> places = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Cache<Long, ScoringModel> open =
            Caffeine.newBuilder().maximumSize(OPEN).executor(Runnable::run).build();

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
        ScoringModel known = open.getIfPresent(version);
        Place place = places.get(version);
        if (known != null || place == null) {
            return Optional.ofNullable(known);
        }
        Optional<ScoringModel> found = TopicTail.recordAt(consumer, place.partition, place.offset)
                .map(this::decoded)
                .map(ScoringModel::of);
        found.ifPresent(model -> open.put(version, model));
        return found;
    }

    /** @return null of another model's, and of what cannot be read */
    private @Nullable ParameterSnapshot decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            boolean readable = record.value() != null && SnapshotLog.isOf(deployment.model(), record);
            ParameterSnapshot snapshot = readable ? codec.decode(record.value()) : null;
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
