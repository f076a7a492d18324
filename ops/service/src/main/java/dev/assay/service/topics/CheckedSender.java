package dev.assay.service.topics;

import dev.assay.streams.Deployment;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends many records at full speed and hears of the first failure at {@link #flush}. */
public final class CheckedSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public CheckedSender(Deployment deployment) {
        producer = Clients.producer(deployment);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (written, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Waits until the broker has acknowledged all. */
    public void flush() throws Exception {
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
