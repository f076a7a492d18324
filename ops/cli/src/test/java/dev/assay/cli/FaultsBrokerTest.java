package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.schemas.Topics;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.JudgmentCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must survive bad records and restarts, on a real broker whose data outlive it. */
@Tag("broker")
class FaultsBrokerTest {
    private static final int GARBAGE = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private @Nullable EmbeddedBroker broker;
    private @Nullable DemoCampaign campaign;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(0, folder.resolve("broker"));
        campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
        Clients.setUpTopics(campaign.deployment(), PATIENCE);
    }

    @AfterEach
    void stop() {
        running().close();
    }

    @Test
    void aThousandGarbageRecordsEndOnTheDeadLetterTopicAndChangeNothing() throws Exception {
        try (Role estimator = estimator()) {
            List<Judgment> judgments = campaign().training().subList(0, 6_000);
            SplittableRandom random = new SplittableRandom(1);
            List<Future<?>> sent = new ArrayList<>();
            try (JudgmentWriter writer = new JudgmentWriter(campaign().deployment());
                    KafkaProducer<byte[], byte[]> garbage =
                            Clients.producer(campaign().deployment())) {
                for (int i = 0; i < judgments.size(); i++) {
                    writer.write(judgments.get(i));
                    if (i % 6 == 0) {
                        sent.add(garbage.send(garbage(random, i / 6, judgments.get(i))));
                    }
                }
                writer.flush();
                for (Future<?> acknowledged : sent) {
                    acknowledged.get();
                }
            }
            ParameterSnapshot snapshot = JudgedStream.settled(campaign().deployment(), PATIENCE);
            assertThat(snapshot.sums().judgments()).isEqualTo(6_000);
            assertThat(JudgedStream.standardErrorsFromOffline(campaign().deployment(), snapshot))
                    .isLessThan(1e-6);
            Map<String, Integer> reasons = reasons();
            assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(GARBAGE);
            assertThat(reasons)
                    .containsKeys(
                            "EMPTY_RECORD",
                            "UNKNOWN_SCHEMA",
                            "UNDECODABLE",
                            "FEATURES_NOT_FINITE",
                            "FEATURE_DIMENSION",
                            "INVALID_WEIGHT");
            assertThat(estimator.running()).isTrue();
        }
    }

    @Test
    void anEstimatorThatWasRestartedGoesOnFromTheTopicsAlone() throws Exception {
        List<Judgment> judgments = campaign().training();
        ParameterSnapshot before;
        try (Role first = estimator()) {
            JudgedStream.write(campaign().deployment(), judgments.subList(0, 4_000));
            before = JudgedStream.settled(campaign().deployment(), PATIENCE);
        }
        JudgedStream.write(campaign().deployment(), judgments.subList(4_000, 8_000)); // while nobody is there
        try (Role second = estimator()) {
            ParameterSnapshot after = JudgedStream.settled(campaign().deployment(), PATIENCE);
            assertThat(after.sums().judgments()).isEqualTo(8_000);
            assertThat(after.version()).isGreaterThan(before.version());
            assertThat(JudgedStream.standardErrorsFromOffline(campaign().deployment(), after))
                    .isLessThan(1e-6);
        }
    }

    /** As after a transaction whose end the broker lost: what it had written of them may be gone. */
    @Test
    void judgmentsThatAreReadAgainWhileTheEstimatorRunsChangeNothing() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Deployment deployment = campaign().deployment();
        try (Role estimator = Role.estimator(deployment, meters)) {
            JudgedStream.write(campaign().deployment(), campaign().training().subList(0, 3_000));
            ParameterSnapshot before = JudgedStream.settled(campaign().deployment(), PATIENCE);
            for (int shard = 0; shard < deployment.shards(); shard++) {
                String topic = deployment.topics().judgments().name();
                estimator.readAgain().from(new TopicPartition(topic, shard), 0);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (meters.counter("admit.judgments.admitted").count() < 6_000) {
                assertThat(System.nanoTime()).as("not read again").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            JudgedStream.write(
                    campaign().deployment(),
                    campaign().training().subList(3_000, 3_100)); // after them: what is settled has them too
            ParameterSnapshot after = JudgedStream.settled(campaign().deployment(), PATIENCE);
            assertThat(after.sums().judgments()).isEqualTo(3_100);
            assertThat(after.version()).isGreaterThan(before.version());
            assertThat(JudgedStream.standardErrorsFromOffline(campaign().deployment(), after))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void aBrokerThatWasRestartedHasLostNothing() throws Exception {
        JudgedStream.write(campaign().deployment(), campaign().training().subList(0, 3_000));
        running().close();
        broker = EmbeddedBroker.start(0, folder.resolve("broker"));
        campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
        try (Role estimator = estimator()) {
            assertThat(JudgedStream.settled(campaign().deployment(), PATIENCE)
                            .sums()
                            .judgments())
                    .isEqualTo(3_000);
        }
    }

    /** Nine kinds of garbage, one after the other. */
    private ProducerRecord<byte[], byte[]> garbage(SplittableRandom random, int number, Judgment like) {
        byte[] good = new JudgmentCodec(campaign().deployment().wire()).encode(like);
        byte[] random200 = new byte[random.nextInt(1, 200)];
        random.nextBytes(random200);
        byte @Nullable [] value = switch (number % 9) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> random200;
            case 3 -> Arrays.copyOf(good, good.length / 2);
            case 4 ->
                ByteBuffer.allocate(10 + random200.length)
                        .put(good, 0, 10)
                        .put(random200)
                        .array();
            case 5 -> withFeatures(like, new float[] {Float.NaN}, 16);
            case 6 -> withFeatures(like, new float[] {1}, 7);
            case 7 -> withWeight(like, Double.NaN);
            default -> largest();
        };
        byte @Nullable [] key = number % 2 == 0 || number % 9 == 8 ? null : random200;
        return new ProducerRecord<>(campaign().deployment().topics().judgments().name(), key, value);
    }

    /** Just under what the broker takes: the headers of its refusal must still fit. */
    private static byte[] largest() {
        byte[] value = new byte[Topics.JUDGMENT_BYTES - 100]; // of which a batch of one record needs some 70
        new SplittableRandom(9).nextBytes(value);
        return value;
    }

    private byte[] withFeatures(Judgment like, float[] begin, int dimension) {
        float[] features = Arrays.copyOf(begin, dimension);
        return encoded(
                like,
                like.weight(),
                List.of(
                        new JudgedResponse("r1", null, null, features),
                        like.responses().get(1)));
    }

    private byte[] withWeight(Judgment like, double weight) {
        return encoded(like, weight, like.responses());
    }

    private byte[] encoded(Judgment like, double weight, List<JudgedResponse> responses) {
        return new JudgmentCodec(campaign().deployment().wire())
                .encode(new Judgment(
                        like.judgmentId(),
                        like.annotatorId(),
                        like.promptId(),
                        responses,
                        like.ranking(),
                        weight,
                        null,
                        Occasion.of(like.occasion().context(), like.occasion().source())));
    }

    private Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        AtomicInteger withoutReason = new AtomicInteger();
        var topic = campaign().deployment().topics().refusedJudgments().name();
        Clients.read(campaign().deployment(), topic, record -> {
            var reason = record.headers().lastHeader(AdmitProcessor.REASON_HEADER);
            if (reason == null) {
                withoutReason.incrementAndGet();
            } else {
                reasons.merge(new String(reason.value(), StandardCharsets.UTF_8), 1, Integer::sum);
            }
        });
        assertThat(withoutReason).hasValue(0);
        return reasons;
    }

    private Role estimator() {
        return Role.estimator(campaign().deployment(), new SimpleMeterRegistry());
    }

    private DemoCampaign campaign() {
        return java.util.Objects.requireNonNull(campaign);
    }

    private EmbeddedBroker running() {
        return java.util.Objects.requireNonNull(broker);
    }
}
