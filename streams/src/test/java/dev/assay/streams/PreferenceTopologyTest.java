package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.collect.KeyLog;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.descend.ErasureHistory;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.ShardAnnotatorsCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole estimator without a broker: topics, stores and timers of Kafka's own test driver, one shard. */
class PreferenceTopologyTest {
    // Standard errors. Both fits end within 1e-7 of the maximum, on different ways: shards step by float32 sums.
    private static final double EXACT = 1e-6;

    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final int PARAMETERS = DEPLOYMENT.shape().parameters();

    @TempDir
    Path stateFolder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ComparisonKey> standing = new ArrayList<>();
    private final KeyLog keyLog = (partition, ends) -> new KeyLog.Search() {
        @Override
        public Optional<List<ComparisonKey>> keys() {
            return Optional.of(standing.stream()
                    .filter(key -> ends.containsKey(key.getAnnotatorId()))
                    .toList());
        }

        @Override
        public void close() {}
    };
    private final JudgmentCodec codec = new JudgmentCodec();
    private EstimatorRun estimator;
    private TestOutputTopic<byte[], byte[]> rejected;
    private TestOutputTopic<String, byte[]> events;
    private TestOutputTopic<byte[], byte[]> comparisons;
    private TestInputTopic<String, byte[]> commands;
    private TestOutputTopic<Integer, byte[]> annotators;
    private TestInputTopic<String, byte[]> erasures;
    private TestOutputTopic<String, byte[]> denied;

    @BeforeEach
    void start() {
        start(DEPLOYMENT);
    }

    private void start(Deployment deployment) {
        estimator = new EstimatorRun(deployment, keyLog, meters, stateFolder);
        var driver = estimator.driver;
        var topics = deployment.topics();
        rejected = driver.createOutputTopic(
                topics.refusedJudgments().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        comparisons = driver.createOutputTopic(
                topics.comparisons().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        commands = driver.createInputTopic(
                topics.commands(PARAMETERS).name(), new StringSerializer(), new ByteArraySerializer());
        erasures = driver.createInputTopic(topics.erasures().name(), new StringSerializer(), new ByteArraySerializer());
        denied = driver.createOutputTopic(
                topics.erasures().name(), new StringDeserializer(), new ByteArrayDeserializer());
        annotators = driver.createOutputTopic(
                topics.annotators().name(), new IntegerDeserializer(), new ByteArrayDeserializer());
        events =
                driver.createOutputTopic(topics.events().name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        estimator.close();
    }

    @Test
    void theTopologyIsTheOneCommitted() throws IOException {
        String described = PreferenceTopology.build(
                        DEPLOYMENT,
                        new ShardProgress(PreferenceTopology.SHARD_STORE),
                        keyLog,
                        EstimatorRun.NOTHING_FORGOTTEN,
                        meters)
                .describe()
                .toString();
        assertThat(described).isEqualToNormalizingNewlines(committed("topology-estimator.txt", described));
    }

    @Test
    void judgmentsBecomeTheSnapshotThatAnOfflineFitFinds() {
        // Given
        List<Judgment> sent = judgments(0, 1500);
        sent.forEach(estimator::send);
        // When
        estimator.rest();
        // Then
        ParameterSnapshot snapshot = estimator.newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(1500);
        assertThat(snapshot.kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        // The same judgments over another route: other store, other columns. 1e-9 is far below what anyone reports.
        assertThat(EstimatorRun.standardErrorsApart(snapshot, offline(sent))).isLessThan(EXACT);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodFindsItInTheStreamAsOffline(Method method) {
        // Given
        estimator.close();
        start(Deployments.small(1, "PT1S", method));
        List<Judgment> sent = judgments(0, 600);
        sent.forEach(estimator::send);
        // When
        estimator.rest();
        // Then
        ParameterSnapshot snapshot = estimator.newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(600);
        assertThat(snapshot.kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        assertThat(EstimatorRun.standardErrorsApart(snapshot, offline(sent))).isLessThan(EXACT);
        assertThat(snapshot.quality().rounds()).isEqualTo(offline(sent, method).rounds());
    }

    @Test
    void aJudgmentSentAgainReplacesTheEarlierOne() {
        // Given
        List<Judgment> kept = judgments(0, 1000);
        List<Judgment> replaced = judgments(1000, 1200);
        kept.forEach(estimator::send);
        replaced.forEach(judgment -> estimator.send(withRanking(judgment, List.of(1, 1))));
        // When
        replaced.forEach(estimator::send);
        estimator.rest();
        // Then
        List<Judgment> standing = new ArrayList<>(kept);
        standing.addAll(replaced);
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(1200);
        assertThat(EstimatorRun.standardErrorsApart(estimator.newestSnapshot(), offline(standing)))
                .isLessThan(EXACT);
    }

    @Test
    void aRetractedJudgmentCountsNoMore() {
        // Given
        List<Judgment> kept = judgments(0, 1000);
        List<Judgment> retracted = judgments(1000, 1200);
        kept.forEach(estimator::send);
        retracted.forEach(estimator::send);
        estimator.rest();
        // When
        retracted.forEach(
                judgment -> estimator.send(new Retraction(judgment.judgmentId(), judgment.annotatorId(), "test")));
        estimator.rest();
        // Then
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(1000);
        assertThat(estimator.newestSnapshot().kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        assertThat(EstimatorRun.standardErrorsApart(estimator.newestSnapshot(), offline(kept)))
                .isLessThan(EXACT);
    }

    @Test
    void refusedRecordsGoToTheDeadLetterTopicAsReceivedAndChangeNothing() {
        // Given
        List<Judgment> good = judgments(0, 1000);
        good.forEach(estimator::send);
        byte[] cut = Arrays.copyOf(codec.encode(good.get(0)), 40);
        List<byte[]> garbage =
                List.of(new byte[0], "not avro".getBytes(StandardCharsets.UTF_8), cut, new byte[] {(byte) 0xC3, 1, 0});
        // When
        garbage.forEach(value -> estimator.judgments.pipeInput("key".getBytes(StandardCharsets.UTF_8), value));
        estimator.judgments.pipeInput(new TestRecord<>("key".getBytes(StandardCharsets.UTF_8), null));
        estimator.rest();
        // Then
        List<TestRecord<byte[], byte[]>> refused = rejected.readRecordsToList();
        assertThat(refused)
                .extracting(TestRecord::value)
                .containsExactly(garbage.get(0), garbage.get(1), garbage.get(2), garbage.get(3), null);
        assertThat(refused)
                .extracting(record -> header(record, "assay.reason"))
                .containsExactly("EMPTY_RECORD", "UNKNOWN_SCHEMA", "UNDECODABLE", "UNKNOWN_SCHEMA", "EMPTY_RECORD");
        assertThat(refused).allSatisfy(record -> {
            assertThat(header(record, "__streams.errors.topic"))
                    .isEqualTo(DEPLOYMENT.topics().judgments().name());
            assertThat(header(record, "__streams.errors.offset")).isNotEmpty();
            assertThat(header(record, "__streams.errors.message")).isNotEmpty();
        });
        assertThat(EstimatorRun.standardErrorsApart(estimator.newestSnapshot(), offline(good)))
                .isLessThan(EXACT);
    }

    @Test
    void consumedIsAdmittedPlusRetractedPlusRejected() {
        judgments(0, 50).forEach(estimator::send);
        estimator.send(new Retraction("j3", "a1", "test"));
        estimator.judgments.pipeInput(new byte[] {1}, new byte[] {2});
        assertThat(counted("admit.judgments.admitted")).isEqualTo(50);
        assertThat(counted("admit.judgments.retracted")).isEqualTo(1);
        assertThat(counted("admit.judgments.rejected")).isEqualTo(1);
    }

    @Test
    void aRerunThatCannotConvergeKeepsTheOldSnapshotAndSaysWhy() {
        // Given: everybody always prefers the response with the larger first feature
        for (Judgment judgment : judgments(0, 200)) {
            float first = features(judgment, 0)[0];
            float second = features(judgment, 1)[0];
            estimator.send(withRanking(judgment, first > second ? List.of(1, 2) : List.of(2, 1)));
        }
        // When
        estimator.rest();
        // Then
        assertThat(estimator.parameters.isEmpty()).isTrue();
        List<Event> told = events.readValuesToList().stream().map(this::event).toList();
        assertThat(told).extracting(EventType::of).contains(EventType.RERUN_FAILED);
        assertThat(told.get(told.size() - 1).getMessage()).contains("SEPARATED");
    }

    @Test
    void everySnapshotIsAnnounced() {
        judgments(0, 500).forEach(estimator::send);
        estimator.rest();
        List<Event> told = events.readValuesToList().stream().map(this::event).toList();
        assertThat(told)
                .extracting(EventType::of)
                .startsWith(EventType.RERUN_STARTED, EventType.RERUN_COMPLETED, EventType.PUBLISHED)
                .contains(
                        EventType.IDENTIFIABILITY); // some judgments have a rationality below 0, and the event says so
        assertThat(told.get(2).getParameterVersion()).isEqualTo(1);
    }

    @Test
    void betweenRerunsAJudgmentIsInTheNextUpdate() {
        // Given: a rerun over 1,500, after which no more is due for an hour
        estimator.close();
        start(Deployments.small(1, "PT1H"));
        List<Judgment> sent = judgments(0, 1510);
        sent.subList(0, 1500).forEach(estimator::send);
        estimator.rest();
        assertThat(estimator.newestSnapshot().kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        long version = estimator.newestSnapshot().version();
        // When
        sent.subList(1500, 1510).forEach(estimator::send);
        estimator.rest();
        // Then
        ParameterSnapshot update = estimator.newestSnapshot();
        assertThat(update.kind()).isEqualTo(ParameterSnapshot.Kind.INCREMENTAL);
        assertThat(update.sums().judgments()).isEqualTo(1510);
        assertThat(update.version()).isGreaterThan(version);
        // One step from a maximum over 1,500 of 1,510: the error is of second order in 0.1 standard errors.
        assertThat(EstimatorRun.standardErrorsApart(update, offline(sent))).isLessThan(0.02);
        assertThat(update.quality().drift()).isBetween(1e-9, 0.1);
    }

    private static List<Judgment> of(String annotator, List<Judgment> judgments) {
        return judgments.stream()
                .filter(judgment -> annotator.equals(judgment.annotatorId()))
                .toList();
    }

    @Test
    void anErasedAnnotatorLeavesAtOnceAndWhateverStillComesIsRefused() {
        // Given
        List<Judgment> sent = judgments(0, 1500);
        sent.forEach(estimator::send);
        estimator.rest();
        String annotator = Objects.requireNonNull(sent.get(0).annotatorId());
        List<Judgment> theirs = of(annotator, sent);
        List<Judgment> others = sent.stream()
                .filter(judgment -> !annotator.equals(judgment.annotatorId()))
                .toList();
        theirs.forEach(judgment -> standing.add(new ComparisonKey(annotator, judgment.judgmentId())));
        // When
        obey(new Command.EraseAnnotator("e1", annotator, Instant.EPOCH));
        estimator.rest();
        estimator.send(theirs.get(0)); // late, in flight or redriven: the same record again
        estimator.rest();
        // Then
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(others.size());
        assertThat(estimator.newestSnapshot().kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        assertThat(EstimatorRun.standardErrorsApart(estimator.newestSnapshot(), offline(others)))
                .isLessThan(EXACT);
        Event receipt = only(EventType.ANNOTATOR_ERASED);
        assertThat(receipt.getFacts())
                .containsEntry("commandId", "e1")
                .containsEntry("judgments", Integer.toString(theirs.size()))
                .containsEntry("tombstones", Integer.toString(theirs.size()))
                .containsEntry("versionBefore", "1")
                .containsKeys("versionDowndate", "versionAfter", "gapStandardErrors");
        assertThat(receipt.getFacts().toString() + receipt.getMessage()).doesNotContain(annotator + ",");
        assertThat(comparisonsOf(annotator)).isEmpty();
        assertThat(counted("collect.comparisons.erased")).isEqualTo(1);
    }

    @Test
    void aFlooderIsSearchedForOnceAndEveryKeyHasOneTombstone() {
        // Given: more keys than one transaction is to hold
        for (int i = 0; i < 12_000; i++) {
            standing.add(new ComparisonKey("flooder", "j" + i));
        }
        Command.EraseAnnotator erase = new Command.EraseAnnotator("e1", "flooder", Instant.EPOCH);
        obey(erase);
        estimator.driver.advanceWallClockTime(Duration.ofMillis(100));
        // When: it is asked for again, in the middle and when all is sent
        erasures.pipeInput("flooder", Codec.erasures(WireFormat.SINGLE_OBJECT).encode(entry(ErasureState.REQUESTED)));
        estimator.rest();
        erasures.pipeInput("flooder", Codec.erasures(WireFormat.SINGLE_OBJECT).encode(entry(ErasureState.REQUESTED)));
        estimator.rest();
        // Then
        List<byte[]> tombstones = comparisons.readRecordsToList().stream()
                .filter(record -> record.value() == null)
                .map(TestRecord::key)
                .toList();
        assertThat(tombstones).hasSize(12_000);
        assertThat(tombstones.stream().map(key -> key(key).getJudgmentId()).distinct())
                .hasSize(12_000);
        assertThat(only(EventType.ANNOTATOR_ERASED).getFacts()).containsEntry("tombstones", "12000");
        assertThat(counted("collect.erasures.swept")).isEqualTo(1);
    }

    @Test
    void whatIsReadAfterTheReceiptDoesNotTakeItBack() {
        obey(new Command.EraseAnnotator("e1", "flooder", Instant.EPOCH));
        estimator.rest();
        assertThat(states()).endsWith(ErasureState.RECEIPTED);
        erasures.pipeInput("flooder", Codec.erasures(WireFormat.SINGLE_OBJECT).encode(entry(ErasureState.SWEPT)));
        estimator.rest();
        assertThat(states()).containsExactly(ErasureState.RECEIPTED);
    }

    @Test
    void anErasureThatTheCoordinatorHasForgottenIsFoundAgainByItsCommand() {
        // Given
        estimator.history = Optional.empty();
        List<Judgment> sent = judgments(0, 1500);
        sent.forEach(estimator::send);
        estimator.rest();
        String annotator = Objects.requireNonNull(sent.get(0).annotatorId());
        List<Judgment> theirs = of(annotator, sent);
        theirs.forEach(judgment -> standing.add(new ComparisonKey(annotator, judgment.judgmentId())));
        // When
        estimator.history = Optional.of(new ErasureHistory(
                List.of(new Command.EraseAnnotator("e1", annotator, Instant.EPOCH)), Set.of(), List.of()));
        estimator.rest();
        // Then
        assertThat(only(EventType.ANNOTATOR_ERASED).getFacts())
                .containsEntry("commandId", "e1")
                .containsEntry("judgments", Integer.toString(theirs.size()));
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(sent.size() - theirs.size());
    }

    @Test
    void aCommandThatIsReadAgainBeforeItsReceiptHasNoSecondOne() {
        estimator.history = Optional.empty();
        Command.EraseAnnotator before = new Command.EraseAnnotator("e1", "a", Instant.EPOCH);
        obey(before); // A group whose offsets were reset gets it again.
        obey(new Command.EraseAnnotator("e2", "b", Instant.EPOCH));
        estimator.rest();
        assertThat(states()).as("nobody knows yet whose receipts there are").isEmpty();
        estimator.history = Optional.of(new ErasureHistory(List.of(before), Set.of("e1"), List.of()));
        estimator.rest();
        assertThat(only(EventType.ANNOTATOR_ERASED).getFacts()).containsEntry("commandId", "e2");
    }

    private static Erasure entry(ErasureState state) {
        return new Erasure("flooder", "e1", state.name(), 0L, 0L, 0L, Instant.EPOCH);
    }

    /** Of the entries that the estimator has written to the deny list since they were read last. */
    private List<ErasureState> states() {
        return denied.readValuesToList().stream()
                .map(bytes -> {
                    try {
                        return ErasureState.of(
                                Codec.erasures(WireFormat.SINGLE_OBJECT).decode(bytes));
                    } catch (UndecodableException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void aRollbackPublishesTheOlderSnapshotAgainAndHoldsUntilARerunIsAskedFor() {
        judgments(0, 1000).forEach(estimator::send);
        estimator.rest();
        ParameterSnapshot older = estimator.newestSnapshot();
        judgments(1000, 1500).forEach(estimator::send);
        estimator.rest();
        long newer = estimator.newestSnapshot().version();
        obey(new Command.Rollback("b1", older, Instant.EPOCH));
        judgments(1500, 1600).forEach(estimator::send);
        estimator.rest();
        assertThat(estimator.newestSnapshot().parameters()).isEqualTo(older.parameters());
        assertThat(estimator.newestSnapshot().version()).isGreaterThan(newer);
        assertThat(estimator.newestSnapshot().origin().rolledBackFrom()).isEqualTo(older.version());
        obey(new Command.Rerun("c1", Instant.EPOCH));
        estimator.rest();
        assertThat(estimator.newestSnapshot().sums().judgments()).isEqualTo(1600);
    }

    @Test
    void aRollbackToASnapshotOfAnotherFeatureSpaceIsRefusedByName() {
        judgments(0, 1000).forEach(estimator::send);
        estimator.rest();
        ParameterSnapshot s = estimator.newestSnapshot();
        ParameterSnapshot foreign = new ParameterSnapshot(
                s.model(),
                1,
                s.kind(),
                s.parameters(),
                new ParameterSnapshot.Spaces(
                        "another",
                        s.spaces().contextSpec(),
                        s.spaces().rewardNames(),
                        s.spaces().rationalityNames()),
                new ParameterSnapshot.Sums(
                        s.sums().information(), s.sums().cross(), s.sums().meat(), 1, 1, 1, -1),
                new ParameterSnapshot.Quality(0, 0, 1, List.of()),
                new ParameterSnapshot.Origin(s.origin().coveredOffsets(), null, "", "", Instant.EPOCH));
        obey(new Command.Rollback("b1", foreign, Instant.EPOCH));
        estimator.rest();
        assertThat(only(EventType.COMMAND_REFUSED).getMessage())
                .contains("feature space")
                .contains("another");
        assertThat(estimator.newestSnapshot().version()).isEqualTo(s.version());
    }

    @Test
    void aCommandThatCannotBeReadIsRefusedByAnEvent() {
        commands.pipeInput(DEPLOYMENT.model(), new byte[] {1, 2, 3});
        assertThat(only(EventType.COMMAND_REFUSED).getMessage()).contains("could not be read");
    }

    @Test
    void anAnnotatorWhoAnswersAgainstTheRewardIsFlaggedByName() {
        judgments(0, 1500).forEach(estimator::send);
        judgments(1500, 2100).stream()
                .filter(judgment ->
                        "expert".equals(judgment.occasion().context().get("kind")))
                .forEach(judgment -> estimator.send(by("bad", withRanking(judgment, reversed(judgment.ranking())))));
        estimator.rest();
        List<Event> flagged = events.readValuesToList().stream()
                .map(this::event)
                .filter(event -> EventType.of(event) == EventType.ANNOTATOR_FLAGGED)
                .toList();
        assertThat(flagged)
                .filteredOn(event -> "bad".equals(event.getFacts().get("annotatorId")))
                .singleElement() // though more than one rerun found it
                .satisfies(event -> assertThat(event.getFacts()).containsEntry("negative", "true"));
    }

    @Test
    void afterARerunTheShardReportsItsAnnotatorsWithTheWorstFirst() {
        // Given
        List<Judgment> sent = new ArrayList<>(judgments(0, 1500));
        List<Judgment> wrong = judgments(1500, 2100).stream()
                .filter(judgment ->
                        "expert".equals(judgment.occasion().context().get("kind")))
                .map(judgment -> by("bad", withRanking(judgment, reversed(judgment.ranking()))))
                .toList();
        sent.addAll(wrong);
        sent.forEach(estimator::send);
        // When
        estimator.rest();
        // Then
        TestRecord<Integer, byte[]> newest = newestAnnotators();
        ShardAnnotators report = annotators(newest);
        assertThat(newest.key()).isZero();
        assertThat(report.model()).isEqualTo("small");
        assertThat(report.epoch()).isPositive();
        assertThat(report.totals().annotators())
                .isEqualTo(sent.stream().map(Judgment::annotatorId).distinct().count());
        assertThat(report.totals().judgments()).isEqualTo(sent.size());
        assertThat(report.first().get(0).annotatorId()).isEqualTo("bad");
        assertThat(report.first().get(0).negative()).isTrue();
        assertThat(report.first().get(0).judgments()).isEqualTo(wrong.size());
        assertThat(report.first()).isSortedAccordingTo(ShardAnnotators.FIRST);
        assertThat(report.totals().negative())
                .isEqualTo(report.first().stream()
                        .filter(ShardAnnotators.Annotator::negative)
                        .count());
        assertThat(report.totals().multiplierVariance()).isPositive();
    }

    @Test
    void whoIsErasedIsOutOfTheReportOfAnnotatorsBeforeTheNextRerun() {
        // Given: no rerun is due for an hour after the first
        estimator.close();
        start(Deployments.small(1, "PT1H"));
        judgments(0, 1500).forEach(estimator::send);
        estimator.rest();
        ShardAnnotators before = annotators(newestAnnotators());
        ShardAnnotators.Annotator erased = before.first().get(0);
        // When
        obey(new Command.EraseAnnotator("e1", erased.annotatorId(), Instant.EPOCH));
        List<ShardAnnotators> after = new ArrayList<>();
        for (int tick = 0; tick < 3; tick++) {
            estimator.driver.advanceWallClockTime(Duration.ofMillis(100));
            annotators.readRecordsToList().forEach(record -> after.add(annotators(record)));
        }
        // Then
        assertThat(after).isNotEmpty().allSatisfy(report -> {
            assertThat(report.first())
                    .extracting(ShardAnnotators.Annotator::annotatorId)
                    .doesNotContain(erased.annotatorId());
            assertThat(report.totals().annotators()).isEqualTo(before.totals().annotators() - 1);
            assertThat(report.totals().judgments()).isEqualTo(before.totals().judgments() - erased.judgments());
        });
        assertThat(after.get(0).epoch()).isEqualTo(before.epoch());
    }

    private TestRecord<Integer, byte[]> newestAnnotators() {
        List<TestRecord<Integer, byte[]>> records = annotators.readRecordsToList();
        assertThat(records).isNotEmpty();
        return records.get(records.size() - 1);
    }

    private static ShardAnnotators annotators(TestRecord<Integer, byte[]> record) {
        try {
            return new ShardAnnotatorsCodec().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> reversed(List<Integer> ranking) {
        return List.of(ranking.get(1), ranking.get(0));
    }

    private static Judgment by(String annotatorId, Judgment judgment) {
        return new Judgment(
                judgment.judgmentId(),
                annotatorId,
                judgment.promptId(),
                judgment.responses(),
                judgment.ranking(),
                judgment.weight(),
                judgment.featureSpace(),
                judgment.occasion());
    }

    @Test
    void eventsAreCloudEvents() {
        judgments(0, 500).forEach(estimator::send);
        estimator.rest();
        TestRecord<String, byte[]> first = events.readRecord();
        Event event = event(first.getValue());
        assertThat(text(first, "ce_id")).isEqualTo(event.getEventId());
        assertThat(text(first, "ce_type")).isEqualTo("dev.assay.rerun-started");
        assertThat(text(first, "ce_source")).isEqualTo("/assay/assay.small");
        assertThat(text(first, "ce_specversion")).isEqualTo("1.0");
        assertThat(Instant.parse(text(first, "ce_time"))).isEqualTo(event.getTime());
    }

    private void obey(Command command) {
        commands.pipeInput(DEPLOYMENT.model(), new CommandCodec().encode(command));
    }

    private Event only(EventType type) {
        List<Event> told = events.readValuesToList().stream()
                .map(this::event)
                .filter(event -> EventType.of(event) == type)
                .toList();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    /** Judgment ids of the annotator that compaction would leave. */
    private Set<String> comparisonsOf(String annotator) {
        Set<String> left = new HashSet<>();
        comparisons.readRecordsToList().forEach(record -> {
            ComparisonKey key = key(record.key());
            if (annotator.equals(key.getAnnotatorId())) {
                boolean ignored =
                        record.value() == null ? left.remove(key.getJudgmentId()) : left.add(key.getJudgmentId());
            }
        });
        return left;
    }

    private static ComparisonKey key(byte[] bytes) {
        try {
            return Codec.COMPARISON_KEYS.decode(bytes);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(TestRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private Event event(byte[] bytes) {
        try {
            return Codec.events(WireFormat.SINGLE_OBJECT).decode(bytes);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private double counted(String name) {
        return meters.find(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static List<Judgment> judgments(int from, int to) {
        return IntStream.range(from, to).mapToObj(Deployments::judgment).toList();
    }

    private static float[] features(Judgment judgment, int response) {
        return Objects.requireNonNull(judgment.responses().get(response).features());
    }

    private static Judgment withRanking(Judgment judgment, List<Integer> ranking) {
        return new Judgment(
                judgment.judgmentId(),
                judgment.annotatorId(),
                judgment.promptId(),
                judgment.responses(),
                ranking,
                judgment.weight(),
                judgment.featureSpace(),
                judgment.occasion());
    }

    /** From the population's own numbers, without any encoding of ours but float32. */
    private static Fit offline(List<Judgment> standing) {
        return offline(standing, Method.ALTERNATING);
    }

    private static Fit offline(List<Judgment> standing, Method method) {
        DoubleComparisonStore store = new DoubleComparisonStore(4, 4);
        for (Judgment judgment : standing) {
            int index = Integer.parseInt(judgment.judgmentId().substring(1));
            Comparison exact = Deployments.POPULATION.comparison(Deployments.POPULATION.judgment(index));
            store.add(new Comparison(1, exact.context(), rounded(exact.difference()), exact.preference(), 1));
        }
        FitConfig config = Deployments.small(1, "PT1S", method).fitConfig();
        return method.descent(config.withMaxRounds(method.maxRounds()))
                .fit(Start.cold(4, 4), List.of(new StoreShard(store)));
    }

    private static Vector rounded(Vector exact) {
        return Vector.of(
                Arrays.stream(exact.toArray()).map(value -> (float) value).toArray());
    }

    /** The committed file; where it is wanted anew, {@code -Dassay.pin=true} writes it and the diff is reviewed. */
    static String committed(String name, String described) throws IOException {
        if (Boolean.getBoolean("assay.pin")) {
            Files.writeString(Path.of("src", "test", "resources", name), described);
        }
        try (InputStream in = PreferenceTopologyTest.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
