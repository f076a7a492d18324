package dev.assay.streams.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How old the oldest record is that a group has not read yet. A record that gets as old as its topic's retention is deleted,
 * read or not; whoever reads may be away, so that every role looks.
 */
public final class UnreadRecords implements AutoCloseable {
    private static final int LOOK_EVERY = 30; // pauses of a feed
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);

    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final String group;
    private final InstantSource clock;
    private final Looking looking;
    private volatile long ageMillis;

    /**
     * Begins to look.
     *
     * @param admins makes a client
     * @param consumers makes one without a group
     * @param topic whose records are to be read
     * @param group that is to read them
     * @param meters shows the age as {@code watch.judgments.unread}
     */
    public UnreadRecords(
            Supplier<Admin> admins,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            String topic,
            String group,
            InstantSource clock,
            MeterRegistry meters) {
        this.consumers = consumers;
        this.topic = topic;
        this.group = group;
        this.clock = clock;
        TimeGauge.builder("watch.judgments.unread", () -> ageMillis, TimeUnit.MILLISECONDS)
                .register(meters);
        looking = new Looking("unread-records", admins, LOOK_EVERY, this::look);
        looking.start();
    }

    private void look(Admin admin) throws ExecutionException, InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            ageMillis = age(committed(admin), consumer);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata(group)
                .get();
    }

    /** @return milliseconds; 0 if everything was read */
    private long age(Map<TopicPartition, OffsetAndMetadata> committed, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> unread = new HashMap<>();
        consumer.partitionsFor(topic).forEach(each -> {
            TopicPartition partition = new TopicPartition(topic, each.partition());
            OffsetAndMetadata place = committed.get(partition);
            unread.put(partition, place == null ? 0 : place.offset());
        });
        consumer.assign(unread.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(unread.keySet());
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(unread.keySet());
        unread.replaceAll((partition, offset) -> Math.max(offset, beginnings.getOrDefault(partition, 0L)));
        unread.entrySet().removeIf(each -> each.getValue() >= ends.getOrDefault(each.getKey(), 0L));
        consumer.assign(unread.keySet());
        unread.forEach(consumer::seek);
        long oldest = Long.MAX_VALUE;
        long until = System.nanoTime() + READ_WITHIN.toNanos();
        while (!unread.isEmpty() && System.nanoTime() - until < 0 && !looking.closed()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (unread.remove(partition) != null) { // the first of its partition
                    oldest = Math.min(oldest, record.timestamp());
                    consumer.pause(Set.of(partition));
                }
            }
        }
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest);
    }

    @Override
    public void close() {
        looking.close();
    }
}
