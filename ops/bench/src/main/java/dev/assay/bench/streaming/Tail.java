package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.tail.FeedThread;
import dev.assay.streams.tail.TopicTail;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, as it grows, on a thread of its own; only what is committed. */
final class Tail implements AutoCloseable {
    /** @param receivedNanos as {@link System#nanoTime}, when the poll returned */
    record Received(long receivedNanos, ConsumerRecord<byte[], byte[]> record) {}

    /** What is done with a record; one that cannot be read ends the reading. */
    interface Hearer {
        void hear(Received received) throws UndecodableException;
    }

    private final FeedThread thread;

    /** @param hearer is called on the reading thread */
    Tail(Trial trial, String topic, int partitions, Hearer hearer) {
        Map<String, Object> settings = TopicTail.settings(trial.cluster().settings());
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8_388_608);
        TopicTail tail = new TopicTail(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList(),
                () -> false);
        thread = new FeedThread(() -> read(tail, hearer), "tail of " + topic);
        thread.start();
    }

    private void read(TopicTail tail, Hearer hearer) {
        try (tail) {
            while (!thread.closed()) {
                ConsumerRecords<byte[], byte[]> records = tail.poll();
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    hearer.hear(new Received(now, record));
                }
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
