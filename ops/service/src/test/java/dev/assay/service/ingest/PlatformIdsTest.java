package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.wire.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformIdsTest {
    private static final TopicPartition IDS = new TopicPartition("ids", 0);
    private static final TopicPartition ERASURES = new TopicPartition("erasures", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<ConsumerRecord<byte[], byte[]>> aside = new CopyOnWriteArrayList<>();
    private final Outlet outlet = new Outlet(producer, Duration.ofSeconds(30));

    @AfterEach
    void close() {
        outlet.close();
    }

    @Test
    void idsOfTheTopicAreKnownFromTheStart() {
        consumer.schedulePollTask(() -> {
            add(IDS, 0, "label-studio/1", "{\"annotatorId\":\"a\",\"judgmentId\":\"j1\"}");
            add(IDS, 1, "label-studio/2", "{\"judgmentId\":\"j2\"}");
            add(IDS, 2, "label-studio/3", "no JSON");
        });
        try (PlatformIds ids = follow(3, 0)) {
            assertThat(ids.find("label-studio", "1")).hasValue(new PlatformId("a", "j1"));
            assertThat(ids.find("label-studio", "2")).hasValue(new PlatformId(null, "j2"));
            assertThat(ids.find("label-studio", "3")).isEmpty();
        }
    }

    @Test
    void whatIsNoEntryOfTheDenyListErasesNobody() {
        consumer.schedulePollTask(() -> add(IDS, 0, "label-studio/1", "{\"annotatorId\":\"a\",\"judgmentId\":\"j1\"}"));
        consumer.schedulePollTask(() -> add(ERASURES, 0, "a", "no entry"));
        try (PlatformIds ids = follow(1, 1)) {
            assertThat(ids.find("label-studio", "1")).isPresent();
        }
    }

    @Test
    void anIdThatArrivesAndCannotBeReadIsPutAside() {
        try (PlatformIds ids = follow(0, 0)) {
            consumer.schedulePollTask(() -> add(IDS, 0, "label-studio/3", "no JSON"));
            consumer.schedulePollTask(() -> add(IDS, 1, "label-studio/4", "{\"judgmentId\":\"j4\"}"));
            while (ids.find("label-studio", "4").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(aside)
                    .singleElement()
                    .satisfies(record -> assertThat(record.offset()).isZero());
        }
    }

    @Test
    void ofAnErasedAnnotatorNothingIsKeptWhicheverTopicIsReadFirst() {
        consumer.schedulePollTask(() -> add(IDS, 0, "label-studio/1", "{\"annotatorId\":\"a\",\"judgmentId\":\"j1\"}"));
        consumer.schedulePollTask(() -> add(ERASURES, 0, "a", erasure("a")));
        consumer.schedulePollTask(() -> add(IDS, 1, "label-studio/2", "{\"annotatorId\":\"a\",\"judgmentId\":\"j2\"}"));
        consumer.schedulePollTask(() -> add(IDS, 2, "label-studio/3", "{\"annotatorId\":\"b\",\"judgmentId\":\"j3\"}"));
        try (PlatformIds ids = follow(3, 1)) {
            assertThat(ids.find("label-studio", "1")).isEmpty();
            assertThat(ids.find("label-studio", "2")).isEmpty();
            assertThat(ids.find("label-studio", "3")).isPresent();
        }
        outlet.close(); // what was asked for is sent then
        assertThat(producer.history())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8), ProducerRecord::value)
                .containsExactly(tuple("label-studio/1", null), tuple("label-studio/2", null));
    }

    private PlatformIds follow(long ids, long erasures) {
        for (TopicPartition partition : List.of(IDS, ERASURES)) {
            consumer.updatePartitions(
                    partition.topic(),
                    List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        }
        consumer.updateBeginningOffsets(Map.of(IDS, 0L, ERASURES, 0L));
        consumer.updateEndOffsets(Map.of(IDS, ids, ERASURES, erasures));
        return PlatformIds.follow(
                consumer,
                IDS.topic(),
                ERASURES.topic(),
                outlet,
                Codec.erasures(WireFormat.SINGLE_OBJECT),
                (record, found) -> aside.add(record));
    }

    private void add(TopicPartition partition, long offset, String key, String value) {
        add(partition, offset, key, utf8(value));
    }

    private void add(TopicPartition partition, long offset, String key, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, offset, utf8(key), value));
    }

    private static byte[] erasure(String annotator) {
        return Codec.erasures(WireFormat.SINGLE_OBJECT)
                .encode(new Erasure(
                        annotator, "e1", ErasureState.REQUESTED.name(), 1L, 0L, 0L, Instant.ofEpochMilli(0)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
