package dev.assay.service.serve.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.sums.Question;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.ShardAnnotatorsCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed with Kafka's own mock of a consumer. */
@Timeout(30)
class ActivityFeedTest {
    private static final Instant T = Instant.parse("2026-11-28T12:00:00Z");
    private static final Topics TOPICS = new Topics("assay.");
    private static final int PARAMETERS = 3;
    private static final TopicPartition EVENTS = new TopicPartition("assay.events", 0);
    private static final TopicPartition ORDERS = new TopicPartition("assay.round-orders", 0);
    private static final TopicPartition ANNOTATORS = new TopicPartition("assay.annotators", 0);
    private static final List<TopicPartition> LETTERS =
            List.of(new TopicPartition("assay.judgments.dlq", 0), new TopicPartition("assay.judgments.dlq", 1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final NewestModel newest = new NewestModel(meters);

    @Test
    void whatIsOnTheTopicsIsSeenTogether() {
        MockConsumer<byte[], byte[]> consumer = consumer(Map.of(EVENTS, 2L, ORDERS, 2L, ANNOTATORS, 3L));
        consumer.schedulePollTask(() -> {
            add(consumer, ORDERS, 0, order("rerun-1", 0));
            add(consumer, EVENTS, 0, event("another", EventType.RERUN_STARTED, "rerun-0"));
            add(consumer, EVENTS, 1, event("m", EventType.RERUN_STARTED, "rerun-1"));
            add(consumer, ORDERS, 1, order("rerun-1", 1));
            add(consumer, ANNOTATORS, 0, annotators("m", 0, 5));
            add(consumer, ANNOTATORS, 1, annotators("m", 1, 6));
            add(consumer, ANNOTATORS, 2, annotators("m", 0, 7)); // the newer of shard 0
            letter(consumer, 0, 3, "TOO_LONG");
            letter(consumer, 1, 8, "TOO_LONG");
        });
        try (ActivityFeed feed = follow(consumer)) {
            await(() -> feed.seen().refusals().total() == 2);
            DashboardState seen = feed.seen();
            Activity.Rerun running = Objects.requireNonNull(seen.activity().running());
            assertThat(running.id()).isEqualTo("rerun-1");
            assertThat(running.rounds()).extracting(Activity.Round::number).containsExactly(0, 1);
            assertThat(seen.activity().reruns()).isEmpty();
            assertThat(seen.annotators().annotators()).isEqualTo(13);
            assertThat(seen.refusals().reasons().get(0).last()).isEqualTo("1@8");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsCountedAndTheNextIsSeen() {
        MockConsumer<byte[], byte[]> consumer = consumer(Map.of(EVENTS, 3L));
        consumer.schedulePollTask(() -> {
            add(consumer, EVENTS, 0, new byte[] {1, 2, 3});
            add(consumer, EVENTS, 1, broken());
            add(consumer, EVENTS, 2, event("m", EventType.RERUN_STARTED, "rerun-1"));
            add(consumer, ORDERS, 0, new byte[] {4});
            add(consumer, ANNOTATORS, 0, null);
        });
        try (ActivityFeed feed = follow(consumer)) {
            await(() -> feed.seen().activity().running() != null);
            await(() -> meters.counter("serve.activity.undecodable").count() == 3);
        }
    }

    @Test
    void itBeginsABoundedWayBackAndSaysThatOlderRefusalsAreNotCounted() {
        MockConsumer<byte[], byte[]> consumer =
                consumer(Map.of(EVENTS, 1_000_000L, ORDERS, 1_000_000L, LETTERS.get(0), 1_000_000L, ANNOTATORS, 10L));
        Map<TopicPartition, Long> began = new HashMap<>();
        consumer.schedulePollTask(() -> {
            consumer.assignment().forEach(one -> began.put(one, consumer.position(one)));
            letter(consumer, 0, 999_999, "TOO_LONG");
            add(consumer, EVENTS, 999_999, event("m", EventType.DRIFT, "rerun-1"));
            add(consumer, ORDERS, 999_999, order("rerun-1", 0));
            add(consumer, ANNOTATORS, 9, annotators("m", 0, 1));
        });
        try (ActivityFeed feed = follow(consumer)) {
            await(() -> feed.seen().refusals().total() == 1);
            assertThat(began)
                    .containsEntry(EVENTS, 980_000L)
                    .containsEntry(ORDERS, 1_000_000L - 64)
                    .containsEntry(LETTERS.get(0), 950_000L)
                    .containsEntry(LETTERS.get(1), 0L)
                    .containsEntry(ANNOTATORS, 0L);
            assertThat(feed.seen().refusals().truncated()).isTrue();
        }
    }

    @Test
    void afterTroubleWithTheBrokerItGoesOnWhereItWas() {
        MockConsumer<byte[], byte[]> before = consumer(Map.of(EVENTS, 1L));
        before.schedulePollTask(() -> {
            add(before, EVENTS, 0, event("m", EventType.RERUN_STARTED, "rerun-1"));
            letter(before, 0, 0, "TOO_LONG");
        });
        MockConsumer<byte[], byte[]> after = consumer(Map.of(EVENTS, 1L, LETTERS.get(0), 1L));
        after.schedulePollTask(() -> {
            letter(after, 0, 0, "TOO_LONG");
            letter(after, 0, 1, "TOO_LONG");
        });
        List<MockConsumer<byte[], byte[]>> consumers = List.of(before, after);
        AtomicInteger asked = new AtomicInteger();
        try (ActivityFeed feed = ActivityFeed.follow(
                deployed(),
                () -> consumers.get(Math.min(1, asked.getAndIncrement())),
                newest,
                (record, found) -> {},
                meters)) {
            await(() -> feed.seen().refusals().total() == 1);
            before.schedulePollTask(() -> {
                throw new KafkaException("the broker has trouble");
            });
            await(() -> feed.seen().refusals().total() == 2); // and not 3
            assertThat(asked.get()).isEqualTo(2);
            assertThat(before.closed()).isTrue();
            assertThat(feed.seen().activity().running()).isNotNull();
        }
    }

    @Test
    void nothingIsShownBeforeItHasCaughtUp() {
        MockConsumer<byte[], byte[]> consumer = consumer(Map.of(EVENTS, 2L));
        DashboardState[] between = new DashboardState[1];
        ActivityFeed[] feed = new ActivityFeed[1];
        consumer.schedulePollTask(() -> add(consumer, EVENTS, 0, event("m", EventType.RERUN_STARTED, "rerun-1")));
        consumer.schedulePollTask(() -> {
            between[0] = feed[0] == null ? DashboardState.NOTHING : feed[0].seen();
            add(consumer, EVENTS, 1, event("m", EventType.RERUN_FAILED, "rerun-1"));
        });
        try (ActivityFeed following = follow(consumer)) {
            feed[0] = following;
            await(() -> !following.seen().activity().reruns().isEmpty());
            assertThat(between[0]).isSameAs(DashboardState.NOTHING);
        }
    }

    private ActivityFeed follow(MockConsumer<byte[], byte[]> consumer) {
        return ActivityFeed.follow(deployed(), () -> consumer, newest, (record, found) -> {}, meters);
    }

    private static ActivityFeed.Deployed deployed() {
        return new ActivityFeed.Deployed("m", TOPICS, PARAMETERS, LETTERS.size(), WireFormat.SINGLE_OBJECT);
    }

    private static MockConsumer<byte[], byte[]> consumer(Map<TopicPartition, Long> ends) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        Consumer<TopicPartition> partition = one -> {
            consumer.updateBeginningOffsets(Map.of(one, 0L));
            consumer.updateEndOffsets(Map.of(one, ends.getOrDefault(one, 0L)));
        };
        List.of(EVENTS, ORDERS, ANNOTATORS).forEach(partition);
        LETTERS.forEach(partition);
        return consumer;
    }

    private static void add(
            MockConsumer<byte[], byte[]> consumer, TopicPartition to, long offset, byte @Nullable [] value) {
        consumer.addRecord(new ConsumerRecord<>(
                to.topic(),
                to.partition(),
                offset,
                T.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                value,
                new RecordHeaders(),
                java.util.Optional.empty()));
    }

    private static void letter(MockConsumer<byte[], byte[]> consumer, int partition, long offset, String reason) {
        RecordHeaders headers = new RecordHeaders();
        DeadLetterHeaders.put(headers, DeadLetterHeaders.REASON, reason);
        consumer.addRecord(new ConsumerRecord<>(
                LETTERS.get(0).topic(),
                partition,
                offset,
                T.plusSeconds(partition).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[] {1},
                headers,
                java.util.Optional.empty()));
    }

    private static byte[] event(String model, EventType type, String rerunId) {
        Map<String, String> facts = Map.of("rerunId", rerunId, "reason", "FIRST", "judgments", "10", "drift", "0");
        return Codec.events(WireFormat.SINGLE_OBJECT)
                .encode(new Event(rerunId + type, type.name(), model, null, "It happened.", facts, T));
    }

    private static byte[] broken() {
        Map<String, String> facts = Map.of("rerunId", "r", "judgments", "many");
        return Codec.events(WireFormat.SINGLE_OBJECT)
                .encode(new Event("b", EventType.RERUN_STARTED.name(), "m", null, "It happened.", facts, T));
    }

    private static byte[] order(String rerunId, int round) {
        Round order = new Round(rerunId, round, Question.moments(2, 1));
        return new ShardOrderCodec().encode(new ShardOrder(null, order));
    }

    private static byte[] annotators(String model, int shard, long annotators) {
        return new ShardAnnotatorsCodec()
                .encode(new ShardAnnotators(
                        model, shard, 1, T, new ShardAnnotators.Totals(annotators, annotators, 0, 0, null), List.of()));
    }

    private static void await(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("it took too long")
                    .isFalse();
            Thread.onSpinWait();
        }
    }
}
