package dev.assay.service.topics;

import dev.assay.schemas.Topic;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A deployment's snapshots on a topic, read on and on in the order of its log. */
public final class SnapshotLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotLog.class);

    private final String model;
    private final SnapshotCodec codec;
    private final TopicTail tail;
    private @Nullable ParameterSnapshot newest;

    private SnapshotLog(Deployment deployment, Topic topic) {
        model = deployment.model();
        codec = new SnapshotCodec(deployment.wire());
        tail = Clients.tail(deployment, topic.name());
    }

    /** Of the topic of parameters, which keeps the newest. */
    public static SnapshotLog parameters(Deployment deployment) {
        return new SnapshotLog(
                deployment, deployment.topics().parameters(deployment.shape().parameters()));
    }

    /** Of the topic that keeps all of reruns. */
    public static SnapshotLog history(Deployment deployment) {
        return new SnapshotLog(
                deployment,
                deployment.topics().parameterHistory(deployment.shape().parameters()));
    }

    /** @return the newest on the topic of parameters; null if there is none */
    public static @Nullable ParameterSnapshot newest(Deployment deployment) {
        try (SnapshotLog log = parameters(deployment)) {
            return log.newest();
        }
    }

    /** Hands over everything there is and not yet read. */
    public void readToEnd(Consumer<ParameterSnapshot> each) {
        tail.readToEnd(record -> take(record, each));
    }

    /** @return the newest read so far, after waiting a moment for a newer one; null if there is none yet */
    public @Nullable ParameterSnapshot newest() {
        readToEnd(snapshot -> newest = snapshot);
        tail.poll().forEach(record -> take(record, snapshot -> newest = snapshot));
        return newest;
    }

    /** A snapshot stands under the model it names; under another key it is nobody's, and in quarantine. */
    static boolean isOf(String model, ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(record.key(), model.getBytes(StandardCharsets.UTF_8));
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Consumer<ParameterSnapshot> each) {
        if (record.value() == null || !isOf(model, record)) {
            return;
        }
        try {
            ParameterSnapshot snapshot = codec.decode(record.value());
            if (snapshot.model().equals(model)) {
                each.accept(snapshot);
            }
        } catch (UndecodableException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("a snapshot cannot be read and is left out");
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
