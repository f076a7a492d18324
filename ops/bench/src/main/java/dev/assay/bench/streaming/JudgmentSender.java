package dev.assay.bench.streaming;

import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.Partitioning;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A platform that sends judgments; closing it waits for what was sent. */
final class JudgmentSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final JudgmentCodec codec = new JudgmentCodec();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    JudgmentSender(Trial trial) {
        producer = trial.cluster().producer(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 131_072));
        topic = trial.deployment().topics().judgments().name();
    }

    /** @param acknowledged is called when the broker has it */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    void send(Judgment judgment, Runnable acknowledged) {
        String annotator = Objects.requireNonNull(judgment.annotatorId());
        byte[] key = annotator.getBytes(StandardCharsets.UTF_8);
        int partition = Partitioning.of(annotator, Trial.SHARDS);
        producer.send(new ProducerRecord<>(topic, partition, key, codec.encode(judgment)), (written, problem) -> {
            if (problem == null) {
                acknowledged.run();
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("a judgment was not written", problem);
        }
    }
}
