package dev.assay.streams.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that a running role is to read again, from where. Kafka Streams has no way to go back while it runs; its
 * consumer has, in the thread that polls. What reads so must be able to take a record twice, as admission is.
 */
public final class ReadAgain {
    private final Map<TopicPartition, Long> from = new ConcurrentHashMap<>();

    /** Asks for it: at the next poll of whoever is assigned the partition. */
    public void from(TopicPartition partition, long offset) {
        from.merge(partition, offset, Math::min);
    }

    /** Moves the consumer back where that was asked for; in its own thread. */
    public void carryOut(Consumer<?, ?> consumer) {
        if (from.isEmpty()) {
            return;
        }
        for (TopicPartition partition : consumer.assignment()) {
            Long offset = from.remove(partition);
            if (offset != null && offset < consumer.position(partition)) {
                consumer.seek(partition, offset);
            }
        }
    }
}
