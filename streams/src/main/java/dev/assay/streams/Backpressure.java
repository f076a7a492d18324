package dev.assay.streams;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Nothing is admitted faster than it is collected: while a consumer has many comparisons still to read, it leaves judgments
 * where they are. Else both are fetched in turns; comparisons are the larger ones, so that under more judgments than the
 * machine can take the estimate falls ever further behind what is admitted. For the thread of one consumer.
 */
final class Backpressure {
    /** Comparisons of all partitions of a consumer: what is collected in half a second. */
    static final long MOST_WAITING = 5_000;

    private final String judgments;
    private final String comparisons;
    private Set<TopicPartition> held = Set.of(); // by us alone

    /**
     * @param judgments the topic that waits
     * @param comparisons the topic that it waits for
     */
    Backpressure(String judgments, String comparisons) {
        this.judgments = judgments;
        this.comparisons = comparisons;
    }

    /** Before a poll: what it is not to bring. */
    void hold(Consumer<?, ?> consumer) {
        long waiting = consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(comparisons))
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
        if (waiting > MOST_WAITING) {
            held = consumer.assignment().stream()
                    .filter(partition -> partition.topic().equals(judgments))
                    .filter(partition -> !consumer.paused().contains(partition)) // Streams does that too.
                    .collect(Collectors.toSet());
            consumer.pause(held);
        }
    }

    /** After the poll, which may have taken partitions away. */
    void letGo(Consumer<?, ?> consumer) {
        if (!held.isEmpty()) {
            Set<TopicPartition> left = new HashSet<>(held);
            left.retainAll(consumer.assignment());
            consumer.resume(left);
            held = Set.of();
        }
    }
}
