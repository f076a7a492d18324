package dev.assay.streams.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.wire.Codec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicKeyLogTest {
    private static final TopicPartition PARTITION = new TopicPartition("comparisons", 3);

    @Test
    void theKeysThatStandOfAllWhoAreAskedForAreFoundInOneReading() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            put(consumer, 0, "a", "j1", true);
            put(consumer, 1, "b", "j1", true);
            put(consumer, 2, "a", "j2", true);
            put(consumer, 3, "a", "j1", false);
            put(consumer, 4, "other", "j9", true);
            consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 5, new byte[] {1}, null));
            put(consumer, 6, "a", "j3", true); // refused when it came, and given its tombstone then
        });
        KeyLog.Search search = new TopicKeyLog(() -> consumer, PARTITION.topic()).search(3, Map.of("a", 6L, "b", 2L));
        assertThat(await(search)).containsExactlyInAnyOrder(new ComparisonKey("b", "j1"), new ComparisonKey("a", "j2"));
    }

    @Test
    void aReadingThatDiesOfAnErrorIsSeen() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            throw new OutOfMemoryError("as if");
        });
        KeyLog.Search search = new TopicKeyLog(() -> consumer, PARTITION.topic()).search(3, Map.of("a", 6L));
        assertThatThrownBy(() -> await(search))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    private static List<ComparisonKey> await(KeyLog.Search search) {
        while (true) {
            Optional<List<ComparisonKey>> keys = search.keys();
            if (keys.isPresent()) {
                return keys.get();
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void put(
            MockConsumer<byte[], byte[]> consumer,
            long offset,
            @Nullable String annotator,
            String judgment,
            boolean stands) {
        consumer.addRecord(new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                Codec.COMPARISON_KEYS.encode(new ComparisonKey(annotator, judgment)),
                stands ? new byte[] {1} : null));
    }
}
