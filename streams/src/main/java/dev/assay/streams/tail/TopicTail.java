package dev.assay.streams.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics as one reads them who is in no group: it begins at their beginning, unless it is told to, and remembers where it is.
 * What it reads to the end, it reads to where the end was when that began; so it comes to an end where others go on writing.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final long GROWTH = 8;

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final BooleanSupplier stopped;

    /**
     * @param consumer without a group, closed with this
     * @param stopped whether reading is to end before its time
     */
    public TopicTail(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            BooleanSupplier stopped) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
        this.stopped = stopped;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * For a consumer as one needs it here: without a group, from the beginning, of committed records alone.
     *
     * @param kafka settings of the clients, with the broker's address
     */
    public static Map<String, Object> settings(Map<String, ?> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    /** Of all partitions of these topics. */
    public static TopicTail of(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String... topics) {
        return of(consumer, () -> false, topics);
    }

    /**
     * Of all partitions of these topics.
     *
     * @param stopped whether reading is to end before its time
     */
    public static TopicTail of(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            BooleanSupplier stopped,
            String... topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return new TopicTail(consumer, partitions, stopped);
    }

    /**
     * Reads one record.
     *
     * @return empty if it is not there any more, or not yet
     */
    public static Optional<ConsumerRecord<byte[], byte[]>> recordAt(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, TopicPartition place, long offset) {
        List<TopicPartition> alone = List.of(place);
        consumer.assign(alone);
        if (offset >= consumer.endOffsets(alone).getOrDefault(place, 0L)) {
            return Optional.empty();
        }
        consumer.seek(place, offset);
        while (consumer.position(place) <= offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return Optional.of(record).filter(found -> found.offset() == offset);
            }
        }
        return Optional.empty();
    }

    public List<TopicPartition> partitions() {
        return partitions;
    }

    /** From now on only what is new. */
    public TopicTail fromEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // Seeking is lazy: this is the moment that counts.
        return this;
    }

    /** Hands over everything there is at the moment of the call and not yet read. */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readTo(consumer.endOffsets(partitions), each);
    }

    /** Hands over what has not yet been read before these offsets, and perhaps a little more. */
    public void readTo(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        while (!stopped.getAsBoolean() && !reached(ends)) {
            poll().forEach(each);
        }
    }

    /** @return whether all before these offsets has been read */
    public boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** @return what arrives within a moment */
    public ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(POLL);
    }

    /** @return the first offset there is of each of these partitions, as the broker says */
    public Map<TopicPartition, Long> beginnings(List<TopicPartition> of) {
        return consumer.beginningOffsets(of, ASK);
    }

    /** @return where each of these partitions ends now, as the broker says */
    public Map<TopicPartition, Long> ends(List<TopicPartition> of) {
        return consumer.endOffsets(of, ASK);
    }

    /** From now on what is at this offset and after it. */
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    /** A reader of what one moment brought. */
    public interface Batch {
        /** @return whether what is looked for was among it */
        boolean take(Iterable<ConsumerRecord<byte[], byte[]>> records);
    }

    /**
     * Looks back from the end in growing steps until something is found, and stands at the end then: what is wanted is nearly
     * always among the last few offsets, so that the topic of a year need not be read for it.
     *
     * @param step offsets back at first
     */
    public void lookBack(TopicPartition partition, long step, Batch wanted) {
        List<TopicPartition> alone = List.of(partition);
        long begin = beginnings(alone).getOrDefault(partition, 0L);
        long end = ends(alone).getOrDefault(partition, 0L);
        long from = end;
        boolean found = false;
        for (long back = step; !found && from > begin && !stopped.getAsBoolean(); back *= GROWTH) {
            from = Math.max(begin, end - back);
            consumer.seek(partition, from);
            while (consumer.position(partition) < end && !stopped.getAsBoolean()) {
                found |= wanted.take(poll().records(partition));
            }
        }
        consumer.seek(partition, end);
    }

    /**
     * Asks the broker, which a consumer that only polls does not: it would not say that its broker is away.
     *
     * @return whether there is nothing beyond what was read
     * @throws org.apache.kafka.common.errors.TimeoutException if the broker does not say
     */
    public boolean atEnd(TopicPartition partition) {
        Long end = ends(List.of(partition)).get(partition);
        return end != null && consumer.position(partition, ASK) >= end;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
