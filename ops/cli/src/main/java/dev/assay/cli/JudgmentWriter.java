package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.JudgmentCodec;
import dev.assay.streams.adapt.JudgmentMessage;
import dev.assay.streams.adapt.Partitioning;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes judgments and retractions to the deployment's topic, keyed by annotator. */
final class JudgmentWriter implements AutoCloseable {
    private final CheckedSender sender;
    private final String topic;
    private final int shards;
    private final JudgmentCodec codec = new JudgmentCodec();

    JudgmentWriter(Deployment deployment) {
        sender = new CheckedSender(deployment);
        topic = deployment.topics().judgments().name();
        shards = deployment.shards();
    }

    /** Sends; what the broker says of it is known at {@link #flush}. */
    void write(JudgmentMessage message) {
        String annotatorId = message.annotatorId();
        String key = annotatorId == null ? message.judgmentId() : annotatorId;
        sender.send(new ProducerRecord<>(
                topic, Partitioning.of(key, shards), key.getBytes(StandardCharsets.UTF_8), codec.encode(message)));
    }

    /** Waits until the broker has acknowledged all. */
    void flush() throws Exception {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
