package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.WireFormat;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.SnapshotFeed;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SnapshotFeedTest {
    private static final TopicPartition PARTITION = new TopicPartition("parameters", 0);

    @Test
    @Timeout(30)
    void ofSeveralAtOnceTheHighestVersionCountsWhateverLiesBehindIt() {
        byte[] garbage = {1, 2, 3};
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        NewestModel newest = new NewestModel(meters);
        try (SnapshotFeed feed = follow(newest, meters, snapshot(7), snapshot(8), snapshot(6), garbage)) {
            while (newest.version() != 8) {
                Thread.onSpinWait();
            }
            assertThat(feed.alive()).isTrue();
            assertThat(meters.counter("score.snapshots.undecodable").count()).isEqualTo(1);
            assertThat(meters.counter("score.snapshots.taken").count()).isEqualTo(1);
        }
    }

    private static byte[] snapshot(long version) {
        return new SnapshotCodec().encode(ServedScorer.snapshot(version));
    }

    private static SnapshotFeed follow(NewestModel newest, SimpleMeterRegistry meters, byte[]... values) {
        String model = ServedScorer.DEPLOYMENT.model();
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) values.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(new ConsumerRecord<>(
                        PARTITION.topic(), 0, i, model.getBytes(StandardCharsets.UTF_8), values[i]));
            }
        });
        return SnapshotFeed.follow(
                model,
                PARTITION.topic(),
                () -> consumer,
                WireFormat.SINGLE_OBJECT,
                newest,
                (record, found) -> {},
                meters);
    }
}
