package dev.assay.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that Kafka Streams can close while the brokers are away. Streams closes without a deadline: the thread that has
 * failed then waits for a transaction to be aborted by nobody, its sender tries without pause, and both do so until a restart.
 * What is not sent within the deadline belongs to a transaction that its successor ends.
 */
class BoundedProducer extends KafkaProducer<byte[], byte[]> {
    /** Within it a batch under way is answered or has timed out; beyond, the sender is made to end. */
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Duration closeWithin;

    BoundedProducer(Map<String, Object> settings, Duration closeWithin) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.closeWithin = closeWithin;
    }

    @Override
    public void close() {
        close(closeWithin);
    }
}
