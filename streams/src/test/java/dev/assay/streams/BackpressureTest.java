package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Judgments wait while many comparisons are unread. Issue 17. */
class BackpressureTest {
    private static final TopicPartition JUDGMENTS = new TopicPartition("judgments", 0);
    private static final TopicPartition OTHERS = new TopicPartition("judgments", 1);
    private static final TopicPartition COMPARISONS = new TopicPartition("comparisons", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Backpressure pressure = new Backpressure("judgments", "comparisons");

    @BeforeEach
    void assign() {
        consumer.assign(List.of(JUDGMENTS, OTHERS, COMPARISONS));
        consumer.updateBeginningOffsets(Map.of(JUDGMENTS, 0L, OTHERS, 0L, COMPARISONS, 0L));
        consumer.addRecord(new ConsumerRecord<>("judgments", 0, 0, new byte[0], new byte[0]));
        consumer.addRecord(new ConsumerRecord<>("comparisons", 0, 0, new byte[0], new byte[0]));
    }

    private List<String> polled(long waiting) {
        consumer.updateEndOffsets(Map.of(JUDGMENTS, 1L, OTHERS, 0L, COMPARISONS, waiting));
        pressure.hold(consumer);
        try {
            return consumer.poll(Duration.ZERO).partitions().stream()
                    .map(TopicPartition::topic)
                    .sorted()
                    .toList();
        } finally {
            pressure.letGo(consumer);
        }
    }

    @Test
    void judgmentsWaitWhileManyComparisonsAreUnread() {
        assertThat(polled(Backpressure.MOST_WAITING + 1)).containsExactly("comparisons");
        assertThat(consumer.paused()).isEmpty();
        assertThat(polled(1)).containsExactly("judgments");
    }

    @Test
    void aFewComparisonsHoldNothingUp() {
        assertThat(polled(Backpressure.MOST_WAITING)).containsExactly("comparisons", "judgments");
    }

    @Test
    void whatSomebodyElseHasPausedStaysSo() {
        consumer.pause(List.of(OTHERS));
        polled(Backpressure.MOST_WAITING + 1);
        assertThat(consumer.paused()).containsExactly(OTHERS);
    }

    @Test
    void aPartitionThatThePollTookAwayIsLeftAlone() {
        consumer.updateEndOffsets(Map.of(JUDGMENTS, 1L, OTHERS, 0L, COMPARISONS, Backpressure.MOST_WAITING + 1));
        pressure.hold(consumer);
        consumer.assign(List.of(OTHERS, COMPARISONS));
        pressure.letGo(consumer); // A consumer refuses to resume what it is not assigned.
        assertThat(consumer.paused()).doesNotContain(OTHERS);
    }
}
