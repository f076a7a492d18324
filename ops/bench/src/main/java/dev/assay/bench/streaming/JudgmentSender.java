package dev.assay.bench.streaming;

import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.JudgmentRecords;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** A platform that sends judgments; closing it waits for what was sent. */
final class JudgmentSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final JudgmentRecords records;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    JudgmentSender(Trial trial) {
        producer = trial.cluster().producer(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 131_072));
        records = new JudgmentRecords(trial.deployment().topics(), Trial.SHARDS, WireFormat.SINGLE_OBJECT);
    }

    /** @param acknowledged is called when the broker has it */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    void send(Judgment judgment, Runnable acknowledged) {
        producer.send(records.of(judgment), (written, problem) -> {
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
