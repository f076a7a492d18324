package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Wanted;
import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import dev.assay.streams.wire.ShardReportCodec;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No record on a topic that the estimator reads may stop it, or move its estimate. */
class QuarantineTopologyTest {
    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final Topics TOPICS = DEPLOYMENT.topics();
    private static final int P = DEPLOYMENT.shape().parameters();
    private static final byte[] SHARD_0 = number(0);

    @TempDir
    Path stateFolder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private EstimatorRun estimator;
    private ParameterSnapshot before;

    @BeforeEach
    void estimate() {
        estimator = new EstimatorRun(DEPLOYMENT, EstimatorRun.NOBODY_IS_ERASED, meters, stateFolder);
        for (int i = 0; i < 1000; i++) {
            estimator.send(Deployments.judgment(i));
        }
        estimator.rest();
        before = estimator.newestSnapshot();
    }

    @AfterEach
    void stop() {
        estimator.close();
    }

    @Test
    void comparisonsThatNobodyAdmittedAreLeftOut() {
        String topic = TOPICS.comparisons().name();
        StoredComparison good = comparison(1);
        List<byte[]> values = garbage(new ComparisonCodec().encode(good));
        for (List<Integer> ranking : List.of(
                List.<Integer>of(), List.of(1), List.of(0, 0), List.of(1, 99), List.of(2, 2), List.of(1, 2, 1))) {
            values.add(encoded(good, ranking, 1, good.context().features(), 0.5f, 4));
        }
        values.add(encoded(good, List.of(1, 2), Double.NaN, good.context().features(), 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), -1, good.context().features(), 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), 1e30, good.context().features(), 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), 1, new float[] {Float.NaN, 0, 0, 0}, 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), 1, new float[] {1e30f, 0, 0, 0}, 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), 1, new float[] {1}, 0.5f, 4));
        values.add(encoded(good, List.of(1, 2), 1, good.context().features(), Float.NaN, 4));
        values.add(encoded(good, List.of(1, 2), 1, good.context().features(), Float.POSITIVE_INFINITY, 4));
        values.add(encoded(good, List.of(1, 2), 1, good.context().features(), 1e30f, 4));
        values.add(encoded(good, List.of(1, 2), 1, good.context().features(), 0.5f, 7));
        int sent = 0;
        for (byte[] value : values) {
            pipe(topic, key("poison", "p" + sent++), value);
        }
        pipe(topic, key("poison", "none"), null);
        pipe(topic, new byte[] {1, 2, 3}, new ComparisonCodec().encode(good));
        theEstimateStaysWith(topic, sent + 1);
    }

    @Test
    void aBadRecordUnderTheKeyOfAComparisonTakesItOut() {
        pipe(TOPICS.comparisons().name(), key(Deployments.judgment(7).annotatorId(), "j7"), new byte[] {1});
        estimator.rest();
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(999);
        assertThat(estimator.newestSnapshot().kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
    }

    @Test
    void ordersThatAShardCannotFollowAreNotFollowed() {
        String topic = TOPICS.roundOrders(P).name();
        ShardOrderCodec codec = new ShardOrderCodec();
        byte[] good = codec.encode(order(4, 4, 0.25));
        List<byte[]> values = garbage(good);
        values.add(codec.encode(order(7, 4, 0.25)));
        values.add(codec.encode(order(4, 4, 1e300)));
        values.add(patched(good, Double.NaN));
        for (byte[] value : values) {
            pipe(topic, SHARD_0, value);
        }
        pipe(topic, SHARD_0, null); // no order
        pipe(topic, number(99), good);
        theEstimateStaysWith(topic, values.size() + 1);
    }

    @Test
    void aKeyThatCannotBeDeserialisedStopsNobody() {
        // Kafka's test driver loses what is written then, a broker does not: PoisonBrokerTest.
        String topic = TOPICS.roundOrders(P).name();
        pipe(topic, new byte[] {1, 2, 3}, new ShardOrderCodec().encode(order(4, 4, 0.25)));
        assertThat(meters.counter("quarantine.records.kept", "topic", topic).count())
                .isEqualTo(1);
        theEstimateStays();
    }

    @Test
    void reportsThatNoShardMakesDoNotStayInTheSums() {
        String topic = TOPICS.shardReports(P).name();
        ShardReportCodec codec = new ShardReportCodec();
        byte[] good = codec.encode(update(0, 4, 4, 0.25));
        List<byte[]> values = garbage(good);
        values.add(codec.encode(update(0, 7, 4, 0.25)));
        values.add(codec.encode(update(0, 4, 4, 1e300)));
        values.add(patched(good, Double.NaN));
        values.add(codec.encode(new ShardReport.Status(0, -5, 3, List.of())));
        values.add(codec.encode(new ShardReport.Status(0, 5, -3, List.of())));
        for (byte[] value : values) {
            pipe(topic, SHARD_0, value);
        }
        pipe(topic, SHARD_0, null);
        pipe(topic, number(99), codec.encode(update(99, 4, 4, 0.25)));
        pipe(topic, number(-1), codec.encode(new ShardReport.Status(-1, 5, 3, List.of())));
        pipe(topic, new byte[] {1, 2, 3}, good);
        theEstimateStaysWith(topic, values.size() + 4);
    }

    @Test
    void commandsThatCannotBeReadAreRefusedAndPutAside() {
        String topic = TOPICS.commands(P).name();
        byte[] good = new CommandCodec().encode(new Command.Rollback("c1", before, Instant.EPOCH));
        List<byte[]> values = garbage(good);
        values.add(new CommandCodec().encode(new Command.EraseAnnotator("c2", "", Instant.EPOCH)));
        values.add(new CommandCodec().encode(new Command.Rerun("c".repeat(10_000), Instant.EPOCH)));
        values.forEach(value -> pipe(topic, "small".getBytes(StandardCharsets.UTF_8), value));
        pipe(topic, null, null);
        theEstimateStaysWith(topic, values.size() + 1);
    }

    @Test
    void snapshotsThatCannotBeReadDoNotHoldUpTheNextVersion() {
        String topic = TOPICS.parameters(P).name();
        byte[] model = DEPLOYMENT.model().getBytes(StandardCharsets.UTF_8);
        byte[] good = new SnapshotCodec().encode(before);
        List<byte[]> values = garbage(good);
        values.forEach(value -> pipe(topic, model, value));
        pipe(topic, "another".getBytes(StandardCharsets.UTF_8), good);
        pipe(topic, model, null); // no snapshot
        theEstimateStaysWith(topic, values.size() + 1);
    }

    @Test
    void whoIsOnTheDenyListStaysThereWhateverIsWrittenUnderTheName() {
        String topic = TOPICS.erasures().name();
        String annotator = "somebody";
        byte[] name = annotator.getBytes(StandardCharsets.UTF_8);
        Erasure entry = new Erasure(annotator, "e1", ErasureState.RECEIPTED.name(), 0L, 0L, 0L, Instant.EPOCH);
        byte[] good = Codec.erasures(WireFormat.SINGLE_OBJECT).encode(entry);
        pipe(topic, name, good);
        List<byte[]> values = garbage(good);
        values.forEach(value -> pipe(topic, name, value));
        pipe(topic, "another".getBytes(StandardCharsets.UTF_8), good);
        theEstimateStaysWith(topic, values.size() + 1);
        // Who reads the topic later, compacted, finds the entry.
        List<byte[]> written = read(topic).stream().map(TestRecord::value).toList();
        assertThat(written).hasSize(values.size()).allMatch(value -> Arrays.equals(value, good));
    }

    @Test
    void judgmentsThatAreTooLargeToBeRefusedArePutAsideCut() {
        int most = TOPICS.quarantine(P).maxMessageBytes();
        pipe(TOPICS.judgments().name(), null, new byte[most]);
        TestRecord<byte[], byte[]> aside = read(TOPICS.quarantine(P).name()).get(0);
        assertThat(aside.value().length).isLessThan(most);
        assertThat(DeadLetterHeaders.get(aside.headers(), DeadLetterHeaders.BYTES))
                .isEqualTo(Integer.toString(most));
    }

    /** Every kind of bytes that is no record of the topic. */
    private static List<byte[]> garbage(byte[] good) {
        byte[] random = new byte[200];
        new SplittableRandom(3).nextBytes(random);
        byte[] oversized = new byte[1_000_000];
        new SplittableRandom(4).nextBytes(oversized);
        byte[] magic = good.clone();
        magic[0] = 0;
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] other = Codec.COMPARISON_KEYS.encode(new ComparisonKey("a", "j"));
        return new ArrayList<>(
                List.of(new byte[0], random, oversized, magic, longer, other, Arrays.copyOf(good, good.length / 2)));
    }

    private void theEstimateStaysWith(String topic, int aside) {
        theEstimateStays();
        List<TestRecord<byte[], byte[]>> kept = read(TOPICS.quarantine(P).name());
        assertThat(kept).hasSize(aside).allSatisfy(record -> {
            assertThat(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.TOPIC))
                    .isEqualTo(topic);
            assertThat(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON))
                    .isNotNull()
                    .isNotEqualTo("FAILED");
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith(topic + "/0/");
        });
        assertThat(kept.stream().map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                .doesNotHaveDuplicates();
        assertThat(meters.counter("quarantine.records.kept", "topic", topic).count())
                .isEqualTo(aside);
        List<Event> told = quarantinedEvents();
        assertThat(told.stream().map(event -> event.getFacts().get("reason")))
                .as("every reason is told")
                .containsAll(reasons(kept));
        assertThat(told.stream()
                        .mapToLong(event -> Long.parseLong(event.getFacts().get("records")))
                        .sum())
                .as("of most records")
                .isBetween(aside / 2L + 1, (long) aside);
    }

    private static Set<String> reasons(List<TestRecord<byte[], byte[]>> kept) {
        return kept.stream()
                .map(record -> String.valueOf(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON)))
                .collect(Collectors.toSet());
    }

    private void theEstimateStays() {
        estimator.rest();
        for (int i = 1000; i < 1100; i++) {
            estimator.send(Deployments.judgment(i));
        }
        estimator.rest();
        ParameterSnapshot after = estimator.newestSnapshot();
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(after.sums().judgments()).isEqualTo(1100);
        assertThat(EstimatorRun.standardErrorsApart(after, EstimatorRun.offline(1100)))
                .isLessThan(1e-6);
    }

    private List<Event> quarantinedEvents() {
        List<Event> found = new ArrayList<>();
        var events = estimator.driver.createOutputTopic(
                TOPICS.events().name(), new StringDeserializer(), new ByteArrayDeserializer());
        for (byte[] value : events.readValuesToList()) {
            try {
                Event event = Codec.events(WireFormat.SINGLE_OBJECT).decode(value);
                if (EventType.of(event) == EventType.RECORD_QUARANTINED) {
                    found.add(event);
                }
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        }
        return found;
    }

    private List<TestRecord<byte[], byte[]>> read(String topic) {
        return estimator
                .driver
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        TestInputTopic<byte[], byte[]> input =
                estimator.driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(key, value);
    }

    private static byte[] key(@Nullable String annotator, String judgment) {
        return Codec.COMPARISON_KEYS.encode(new ComparisonKey(annotator, judgment));
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static StoredComparison comparison(int index) {
        Admit admit = new Admit(DEPLOYMENT.contextSpec(), DEPLOYMENT.featureSpace());
        byte[] judgment = new JudgmentCodec().encode(Deployments.judgment(index));
        return ((Admission.Admitted) admit.admit(judgment)).comparison();
    }

    private static byte[] encoded(
            StoredComparison like, List<Integer> ranking, double weight, float[] context, float first, int dimension) {
        float[] features = new float[dimension];
        features[0] = first;
        return new ComparisonCodec()
                .encode(new StoredComparison(
                        like.promptId(),
                        List.of(
                                new ComparedResponse("r1", null, features),
                                new ComparedResponse("r2", null, new float[dimension])),
                        ranking,
                        weight,
                        like.featureSpace(),
                        new StoredComparison.EncodedContext(like.context().spec(), 1, context),
                        like.occasion()));
    }

    private static ShardOrder order(int d, int k, double first) {
        double[] reward = new double[d];
        reward[0] = first;
        return new ShardOrder(new Linearisation(9, new Parameters(Vector.of(reward), Vector.zeros(k))), null);
    }

    private static ShardReport update(int shard, int d, int k, double first) {
        Statistics zero = Statistics.zero(d, k, Wanted.STATISTICS_AND_CLUSTERS);
        double[] score = new double[d + k];
        score[0] = first;
        Statistics statistics = new Statistics(
                0, Vector.of(score), zero.information(), zero.cross(), 0, zero.meat(), Double.POSITIVE_INFINITY, 0);
        return new ShardReport.Update(shard, 5, 9, new Answer(3, 3, statistics));
    }

    /** With another number in the place of the quarter that is in it. */
    private static byte[] patched(byte[] good, double instead) {
        byte[] quarter = little(0.25);
        for (int at = 0; at + Double.BYTES <= good.length; at++) {
            if (Arrays.equals(good, at, at + Double.BYTES, quarter, 0, Double.BYTES)) {
                byte[] patched = good.clone();
                System.arraycopy(little(instead), 0, patched, at, Double.BYTES);
                return patched;
            }
        }
        throw new AssertionError("there is no quarter in it");
    }

    private static byte[] little(double value) {
        return ByteBuffer.allocate(Double.BYTES)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }
}
