package dev.assay.bench.streaming;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, as it grows, on a thread of its own; only what is committed. */
final class Tail implements AutoCloseable {
    /** @param receivedNanos as {@link System#nanoTime}, when the poll returned */
    record Received(long receivedNanos, ConsumerRecord<byte[], byte[]> record) {}

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean open = true;

    /** @param hear is called on the reading thread */
    Tail(Cluster cluster, String topic, int partitions, Consumer<Received> hear) {
        Map<String, Object> settings = new HashMap<>(cluster.settings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8_388_608);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        thread = new Thread(() -> read(hear), "tail of " + topic);
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Consumer<Received> hear) {
        try {
            while (open) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = System.nanoTime();
                records.forEach(record -> hear.accept(new Received(now, record)));
            }
        } catch (WakeupException e) {
            // closed
        } finally {
            consumer.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        consumer.wakeup();
        thread.join();
    }
}
