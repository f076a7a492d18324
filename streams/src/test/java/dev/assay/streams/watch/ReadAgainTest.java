package dev.assay.streams.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadAgainTest {
    private static final TopicPartition JUDGMENTS = new TopicPartition("judgments", 0);
    private static final TopicPartition OTHER_JUDGMENTS = new TopicPartition("judgments", 1);
    private static final TopicPartition ORDERS = new TopicPartition("round-orders", 0);

    private final ReadAgain again = new ReadAgain("judgments");
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ReadAgain.Reader reader = again.new Reader();

    @BeforeEach
    void assign() {
        consumer.updateBeginningOffsets(Map.of(JUDGMENTS, 7L, OTHER_JUDGMENTS, 0L, ORDERS, 0L));
        assigned(JUDGMENTS, ORDERS);
        consumer.seek(JUDGMENTS, 50_000);
        consumer.seek(ORDERS, 50_000);
        reader.carryOut(consumer);
    }

    @Test
    void nobodyGoesBackUnasked() {
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(50_000);
    }

    @Test
    void whatWasReadLatelyIsReadAgainOnceAndOfTheOneTopicOnly() {
        again.lately();
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(40_000);
        assertThat(consumer.position(ORDERS)).isEqualTo(50_000);
        consumer.seek(JUDGMENTS, 60_000);
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(60_000);
    }

    @Test
    void nothingBeforeTheFirstRecordIsAskedFor() {
        consumer.seek(JUDGMENTS, 100);
        again.lately();
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(7);
    }

    @Test
    void aPlaceThatWasNamedIsGoneBackToAndNoLessThanWhatWasReadLately() {
        again.from(JUDGMENTS, 20_000);
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(20_000);
        consumer.seek(JUDGMENTS, 50_000);
        again.from(JUDGMENTS, 49_000);
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(40_000);
    }

    /** What another process may have lost is read again by whoever gets its partitions, and by nobody else. */
    @Test
    void afterADoubtOnlyPartitionsThatAreNewGoBack() {
        again.latelyWhereNew();
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(50_000);
        assigned(JUDGMENTS, OTHER_JUDGMENTS, ORDERS);
        consumer.seek(JUDGMENTS, 50_000);
        consumer.seek(OTHER_JUDGMENTS, 30_000);
        consumer.seek(ORDERS, 50_000);
        reader.carryOut(consumer);
        assertThat(consumer.position(JUDGMENTS)).isEqualTo(50_000);
        assertThat(consumer.position(OTHER_JUDGMENTS)).isEqualTo(20_000);
        assertThat(consumer.position(ORDERS)).isEqualTo(50_000);
    }

    private void assigned(TopicPartition... partitions) {
        consumer.assign(List.of(partitions));
    }
}
