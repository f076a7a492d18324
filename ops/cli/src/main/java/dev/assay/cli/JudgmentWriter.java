package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.Judgment;
import dev.assay.streams.adapt.JudgmentCodec;
import dev.assay.streams.adapt.Partitioning;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes judgments to the deployment's topic, keyed by annotator. */
final class JudgmentWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int shards;
    private final JudgmentCodec codec = new JudgmentCodec();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    JudgmentWriter(Deployment deployment) {
        producer = Clients.producer(deployment);
        topic = deployment.topics().judgments().name();
        shards = deployment.shards();
    }

    /** Sends; what the broker says of it is known at {@link #flush}. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    void write(Judgment judgment) {
        String annotatorId = judgment.annotatorId();
        String key = annotatorId == null ? judgment.judgmentId() : annotatorId;
        producer.send(
                new ProducerRecord<>(
                        topic,
                        Partitioning.of(key, shards),
                        key.getBytes(StandardCharsets.UTF_8),
                        codec.encode(judgment)),
                (written, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /** Waits until the broker has acknowledged all. */
    void flush() throws Exception {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw problem;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
