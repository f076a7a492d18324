package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.score.ScoredCandidate;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.features.WrappedFeatureSpace;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.ScoreAnswer;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.model.ScoreRequest.Candidate;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.Replay;
import dev.assay.streams.score.ReplyTopics;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.wire.DecisionCodec;
import dev.assay.streams.wire.ScoreReplyCodec;
import dev.assay.streams.wire.ScoreRequestCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTopologyTest {
    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final int PARAMETERS = DEPLOYMENT.shape().parameters();
    /** With J = 4 I every parameter has the standard error ½: worked by hand below. */
    private static final Parameters AT = new Parameters(Vector.of(1, 0, -1, 0.5), Vector.of(0.5, -0.5, -1.5, 0));

    private static final double NORMAL_QUANTILE = 1.959963984540054;

    @TempDir
    Path stateFolder;

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String OWN = "assay.score-replies.mine";
    private static final String SMALL = "assay.score-replies.small";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private NewestModel newest = new NewestModel(meters);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> requests;
    private TestOutputTopic<byte[], byte[]> replies;

    @BeforeEach
    void start() {
        start(DEPLOYMENT);
    }

    private void start(Deployment deployment) {
        newest = new NewestModel(meters);
        driver = new TopologyTestDriver(
                topology(deployment), Role.settings("scorer", deployment, stateFolder, meters), NOW);
        var topics = deployment.topics();
        requests = driver.createInputTopic(
                topics.scoreRequests().name(), new ByteArraySerializer(), new ByteArraySerializer());
        replies = driver.createOutputTopic(
                topics.scoreReplies().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theTopologyIsTheOneCommitted() throws IOException {
        String described = topology(DEPLOYMENT).describe().toString();
        assertThat(described)
                .isEqualToNormalizingNewlines(PreferenceTopologyTest.committed("topology-scorer.txt", described));
    }

    @Test
    void rewardsAndBoundsAreTheOnesWorkedByHand() {
        publish(3, 1);
        // A hair less reward, half the length: the bound prefers the second.
        ScoreReply reply = ask(request(List.of(features(2, 0, 0, 0), features(1, 0, -0.9f, 0))));
        ScoreReply.Scored scored = (ScoreReply.Scored) reply;
        double feature = 0.9f; // as float32 has it
        double error = Math.sqrt(1 + feature * feature) / 2;
        assertThat(scored.basis().parameterVersion()).isEqualTo(3);
        assertThat(scored.basis().covariance()).isEqualTo(CovarianceKind.MODEL);
        assertThat(scored.candidates().get(0).getReward()).isEqualTo(2);
        assertThat(scored.candidates().get(0).getStandardError()).isCloseTo(1, within(1e-12));
        assertThat(scored.candidates().get(0).getLower()).isCloseTo(2 - NORMAL_QUANTILE, within(1e-9));
        assertThat(scored.candidates().get(1).getUpper())
                .isCloseTo(1 + feature + NORMAL_QUANTILE * error, within(1e-9));
        assertThat(scored.best()).isEqualTo(0);
        assertThat(scored.pessimistic()).isEqualTo(1);
    }

    @Test
    void aNewSnapshotIsAnsweredFromAtOnce() {
        publish(1, 1);
        publish(2, 2);
        ScoreReply.Scored scored = (ScoreReply.Scored) ask(request(List.of(features(1, 0, 0, 0))));
        assertThat(scored.basis().parameterVersion()).isEqualTo(2);
        assertThat(scored.candidates().get(0).getReward()).isEqualTo(2);
    }

    @Test
    void centringOnTheCandidatesMovesTheOriginToTheirMean() {
        publish(1, 1);
        List<Candidate> candidates = List.of(features(3, 0, 0, 0), features(1, 0, 0, 0));
        ScoreRequest request = new ScoreRequest("r", candidates, null, CovarianceKind.MODEL, Centring.CANDIDATES, null);
        ScoreReply.Scored scored = (ScoreReply.Scored) ask(request);
        assertThat(scored.candidates()).extracting(ScoredCandidate::getReward).containsExactly(1.0, -1.0);
    }

    @Test
    void withoutASnapshotTheAnswerSaysSo() {
        ScoreReply reply = ask(request(List.of(features(1, 0, 0, 0))));
        assertThat(reply).isInstanceOf(ScoreReply.Unavailable.class);
    }

    @Test
    void aRequestOfTheWrongDimensionIsRefusedWithBoundAndValue() {
        publish(1, 1);
        ScoreReply reply = ask(request(List.of(new Candidate("c", null, new float[3]))));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        ScoreReply.Refused.class,
                        refused -> assertThat(refused.reason()).contains("4").contains("3"));
    }

    @Test
    void aLevelOutsideItsBoundsIsRefused() {
        publish(1, 1);
        ScoreRequest request = new ScoreRequest(
                "r", List.of(features(1, 0, 0, 0)), 1.0, CovarianceKind.MODEL, Centring.FEATURE_SPACE, null);
        assertThat(ask(request))
                .isInstanceOfSatisfying(
                        ScoreReply.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("level must be above 0 and at most 1 - 1e-12, was 1.0"));
    }

    @Test
    void aRequestThatCannotBeReadIsAnsweredToo() {
        publish(1, 1);
        requests.pipeInput(new byte[] {1}, new byte[] {9, 9});
        assertThat(reply(replies.readRecord())).isInstanceOf(ScoreReply.Refused.class);
    }

    @Test
    void theCorrelationIdComesBack() {
        publish(1, 1);
        RecordHeaders headers = new RecordHeaders();
        headers.add(ScoreProcessor.CORRELATION_HEADER, new byte[] {4, 2});
        byte[] value = new ScoreRequestCodec().encode(request(List.of(features(1, 0, 0, 0))));
        requests.pipeInput(new TestRecord<>(new byte[] {1}, value, headers));
        assertThat(replies.readRecord()
                        .headers()
                        .lastHeader(ScoreProcessor.CORRELATION_HEADER)
                        .value())
                .containsExactly(4, 2);
    }

    @Test
    void aQuantileIsAnsweredInsteadOfALevelWithTheLevelItComesTo() {
        publish(1, 1);
        ScoreReply.Scored scored = (ScoreReply.Scored) ask(asking(2.0, false, features(2, 0, 0, 0)));
        assertThat(scored.basis().quantile()).isEqualTo(2);
        assertThat(scored.basis().level()).isCloseTo(0.954499736103642, within(1e-12)); // of tables
        assertThat(scored.candidates().get(0).getLower()).isCloseTo(2 - 2 * 1, within(1e-12));
        assertThat(scored.margin()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | 100.5 | quantile must be 0 to 100, was 100.5",
                " | NaN | quantile must be 0 to 100, was NaN",
                "0.9 | 1 | level and quantile exclude each other, were 0.9 and 1.0",
            })
    void aQuantileOutsideItsBoundsIsRefused(@Nullable Double level, Double quantile, String reason) {
        publish(1, 1);
        ScoreRequest request = new ScoreRequest(
                "r",
                List.of(features(1, 0, 0, 0)),
                level,
                CovarianceKind.MODEL,
                Centring.CANDIDATES,
                null,
                quantile,
                false);
        assertThat(ask(request)).isEqualTo(new ScoreReply.Refused("r", reason));
    }

    @Test
    void theMarginIsThatOfTheChoiceOverTheNextByTheSameOrder() {
        publish(1, 1);
        ScoreReply.Scored scored = (ScoreReply.Scored)
                ask(asking(2.0, false, features(2, 0, 0, 0), features(1, 0, -0.9f, 0), features(-9, 0, 0, 0)));
        double feature = 0.9f;
        double error = Math.sqrt(1 + feature * feature) / 2;
        ScoreReply.Margin margin = Objects.requireNonNull(scored.margin());
        assertThat(scored.pessimistic()).isEqualTo(1);
        assertThat(margin.runnerUp()).isEqualTo(0);
        assertThat(margin.difference().estimate()).isCloseTo(feature - 1, within(1e-12));
        assertThat(margin.difference().standardError()).isCloseTo(error, within(1e-12));
        assertThat(margin.difference().upper()).isCloseTo(feature - 1 + 2 * error, within(1e-12));
    }

    @Test
    void whoIsBehindByTwoStandardErrorsIsLeftOutAtOneLevelAndKeptAtAHigher() {
        publish(1, 1);
        // One pair, behind by 19 with a standard error of 19/2: Z = 2, whose two-sided p-value is 0.0455.
        Candidate[] candidates = {features(1, 0, 0, 0), features(20, 0, 0, 0)};
        AbstainingSet sure = abstaining(0.95, candidates).set();
        AbstainingSet unsure = abstaining(0.96, candidates).set();
        assertThat(sure.indices()).containsExactly(1);
        assertThat(sure.criticalValue()).isCloseTo(NORMAL_QUANTILE, within(1e-5));
        assertThat(sure.behind().get(0).estimate()).isCloseTo(19, within(1e-12));
        assertThat(unsure.indices()).containsExactly(0, 1);
    }

    @Test
    void moreCandidatesThanAbstainingIsAffordableForAreRefused() {
        publish(1, 1);
        Candidate[] candidates = Collections.nCopies(257, features(1, 0, 0, 0)).toArray(Candidate[]::new);
        assertThat(ask(asking(1.0, true, candidates)))
                .isEqualTo(new ScoreReply.Refused("r", "candidates must be at most 256 to abstain, were 257"));
    }

    @Test
    void aReplyGoesToTheTopicTheRequestNames() {
        publish(1, 1);
        send(
                request(List.of(features(1, 0, 0, 0))),
                Map.of(ReplyTopics.HEADER, OWN, ScoreProcessor.CORRELATION_HEADER, "c"));
        TestRecord<byte[], byte[]> reply = outputs(OWN).readRecord();
        assertThat(reply(reply)).isInstanceOf(ScoreReply.Scored.class);
        assertThat(reply.headers().lastHeader(ScoreProcessor.CORRELATION_HEADER).value())
                .asString()
                .isEqualTo("c");
        assertThat(replies.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assay.judgments | must be assay.score-replies or begin with assay.score-replies., was 'assay.judgments'",
                "assay.score-repliesx | or begin with assay.score-replies., was 'assay.score-repliesx'",
                "'' | was 0 bytes",
                "assay.score-replies.nobody's | must name a topic that exists, was 'assay.score-replies.nobody's'",
                "assay.score-replies.broken | must have a leader"
            })
    void aReplyTopicThatCannotBeIsRefusedOnTheCommonOne(String name, String reason) {
        publish(1, 1);
        send(
                request(List.of(features(1, 0, 0, 0))),
                Map.of(ReplyTopics.HEADER, name, ScoreProcessor.CORRELATION_HEADER, "c"));
        TestRecord<byte[], byte[]> reply = replies.readRecord();
        ScoreReply.Refused refused = (ScoreReply.Refused) reply(reply);
        assertThat(refused.requestId()).isEqualTo("r");
        assertThat(refused.reason()).contains(reason);
        assertThat(reply.headers().lastHeader(ScoreProcessor.CORRELATION_HEADER).value())
                .asString()
                .isEqualTo("c");
        assertThat(driver.producedTopicNames()).containsExactly("assay.score-replies");
    }

    @Test
    void aReplyThatItsTopicDoesNotTakeIsRefusedInstead() {
        publish(1, 1);
        send(request(Collections.nCopies(100, features(1, 0, 0, 0))), Map.of(ReplyTopics.HEADER, SMALL));
        ScoreReply.Refused refused = (ScoreReply.Refused) reply(outputs(SMALL).readRecord());
        assertThat(refused.requestId()).isEqualTo("r");
        assertThat(refused.reason())
                .contains("must have at most 743 bytes to fit topic " + SMALL)
                .contains("fewer candidates");
    }

    @Test
    void aRequestReadAfterItsDeadlineIsNotScored() {
        publish(1, 1);
        ScoreRequest request = request(List.of(features(1, 0, 0, 0)));
        send(request, Map.of(ScoreProcessor.DEADLINE_HEADER, Long.toString(NOW.toEpochMilli())));
        assertThat(reply(replies.readRecord())).isInstanceOf(ScoreReply.Scored.class);
        send(request, Map.of(ScoreProcessor.DEADLINE_HEADER, Long.toString(NOW.toEpochMilli() - 1)));
        assertThat(reply(replies.readRecord()))
                .isEqualTo(
                        new ScoreReply.Expired("r", "header assay.deadline was 1767323044999, read at 1767323045000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1234567890123456789"})
    void aDeadlineThatIsNoTimeIsRefused(String deadline) {
        publish(1, 1);
        send(request(List.of(features(1, 0, 0, 0))), Map.of(ScoreProcessor.DEADLINE_HEADER, deadline));
        assertThat(((ScoreReply.Refused) reply(replies.readRecord())).reason())
                .contains("header assay.deadline must be milliseconds since 1970 in 1 to 18 decimal digits");
    }

    @Test
    void aBatchIsAnsweredFromOneSnapshotThoughANewerComesMeanwhile() {
        driver.close();
        start(new Deployment(DEPLOYMENT.config(), new Interrupted(DEPLOYMENT.featureSpace(), () -> publish(2, 2))));
        publish(1, 1);
        ScoreRequest good = request(List.of(features(1, 0, 0, 0)));
        ScoreRequest bad = request(List.of());
        send(new ScoreBatch("b", List.of(good, bad, good)), Map.of());
        ScoreBatchReply reply = (ScoreBatchReply) answer(replies.readRecord());
        assertThat(reply.batchId()).isEqualTo("b");
        assertThat(reply.replies()).hasSize(3);
        assertThat(newest.version()).isEqualTo(2);
        assertThat(((ScoreReply.Scored) reply.replies().get(0)).basis().parameterVersion())
                .isEqualTo(1);
        assertThat(((ScoreReply.Refused) reply.replies().get(1)).reason())
                .isEqualTo("candidates must be 1 to 4096, were 0");
        assertThat(((ScoreReply.Scored) reply.replies().get(2)).basis().parameterVersion())
                .isEqualTo(1);
        assertThat(replies.isEmpty()).isTrue();
    }

    @Test
    void aBatchOfTooManyCandidatesTogetherIsRefusedAsAWhole() {
        publish(1, 1);
        ScoreRequest half = request(Collections.nCopies(2049, features(1, 0, 0, 0)));
        send(new ScoreBatch("b", List.of(half, half)), Map.of());
        assertThat(answer(replies.readRecord()))
                .isEqualTo(new ScoreReply.Refused(
                        "b", "candidates of all requests together must be at most 4096, were 4098"));
        send(new ScoreBatch("b", List.of()), Map.of());
        assertThat(answer(replies.readRecord()))
                .isEqualTo(new ScoreReply.Refused("b", "requests must be at least 1, were 0"));
    }

    @Test
    void aDecisionWithItsFeaturesIsComputedAgainBitForBit() throws UndecodableException {
        driver.close();
        start(keeping("features"));
        publish(1, 1);
        ScoreRequest second = new ScoreRequest(
                "r2",
                List.of(features(0.1f, 3, -2, 7), features(1, 0, -0.9f, 0)),
                null,
                CovarianceKind.MODEL,
                Centring.CANDIDATES,
                null,
                1.5,
                false);
        ScoreBatch batch = new ScoreBatch("b", List.of(request(List.of(features(0.3f, 1, 1, 1))), second));
        send(batch, Map.of());
        TestOutputTopic<byte[], byte[]> kept = outputs("assay.score-decisions");
        Decision first = new DecisionCodec().decode(kept.readValue());
        TestRecord<byte[], byte[]> record = kept.readRecord();
        Decision decision = new DecisionCodec().decode(record.value());
        assertThat(record.key()).asString().isEqualTo("r2");
        assertThat(first.basis().level()).isEqualTo(0.95);
        assertThat(decision.basis().level()).isNull();
        assertThat(decision.origin().position()).isEqualTo(1);
        assertThat(decision.origin().time()).isEqualTo(NOW);
        assertThat(decision.origin().requestHash())
                .isEqualTo(DecisionMaker.hash(new ScoreRequestCodec().encode(batch)));
        ScoringModel model = newest.get().orElseThrow();
        List<float[]> features = Replay.features(decision, 4).orElseThrow();
        assertThat(features.get(0)).containsExactly(0.1f, 3, -2, 7);
        assertThat(Replay.difference(first, model, Replay.features(first, 4).orElseThrow()))
                .isEmpty();
        assertThat(Replay.difference(decision, model, features)).isEmpty();
        features.get(1)[2] = Math.nextUp(features.get(1)[2]);
        assertThat(Replay.difference(decision, model, features).orElseThrow()).contains("was", "is now");
    }

    @Test
    void whatIsKeptIsWhatTheSettingSays() throws UndecodableException {
        publish(1, 1);
        ask(request(List.of(features(1, 0, 0, 0))));
        assertThat(outputs("assay.score-decisions").isEmpty()).isTrue();
        driver.close();
        start(keeping("bounds"));
        publish(1, 1);
        ask(request(List.of()));
        ask(request(List.of(features(1, 0, 0, 0))));
        List<byte[]> kept = outputs("assay.score-decisions").readValuesToList();
        assertThat(kept).hasSize(1); // Of the refused there is nothing to compute again.
        assertThat(new DecisionCodec().decode(kept.get(0)).features()).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsAskedIsAnsweredOnce(long seed) {
        driver.close();
        start(keeping("features"));
        publish(1, 1);
        SplittableRandom random = new SplittableRandom(seed);
        TestOutputTopic<byte[], byte[]> own = outputs(OWN);
        for (int i = 0; i < 1_000; i++) {
            requests.pipeInput(
                    new TestRecord<>(random.nextBoolean() ? null : bytes(random, 20), value(random), headers(random)));
            List<TestRecord<byte[], byte[]>> answers = new ArrayList<>(replies.readRecordsToList());
            answers.addAll(own.readRecordsToList());
            assertThat(answers).hasSize(1);
            answer(answers.get(0)); // can be read
        }
    }

    private static byte @Nullable [] value(SplittableRandom random) {
        ScoreRequest request = new ScoreRequest(
                "r" + "x".repeat(random.nextInt(2) * random.nextInt(600)),
                random.nextInt(9) == 0
                        ? List.of()
                        : List.of(
                                features(1, 0, 0, 0),
                                new Candidate(
                                        "c", "text", random.nextBoolean() ? null : new float[] {1, Float.NaN, 2, 3})),
                random.nextBoolean() ? null : random.nextDouble(-0.1, 1.1),
                random.nextBoolean() ? CovarianceKind.MODEL : CovarianceKind.CLUSTERED,
                random.nextBoolean() ? Centring.CANDIDATES : Centring.FEATURE_SPACE,
                random.nextInt(9) == 0 ? "another" : null,
                random.nextBoolean() ? null : random.nextDouble(-1, 110),
                random.nextInt(20) == 0);
        byte[] valid = new ScoreRequestCodec()
                .encode(random.nextInt(3) == 0 ? new ScoreBatch("b", List.of(request, request)) : request);
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> bytes(random, 200);
            case 2 -> Arrays.copyOf(valid, random.nextInt(valid.length + 20));
            case 3 -> {
                valid[random.nextInt(10, valid.length)] = (byte) random.nextInt(256);
                yield valid;
            }
            default -> valid;
        };
    }

    private static RecordHeaders headers(SplittableRandom random) {
        RecordHeaders headers = new RecordHeaders();
        for (String name :
                List.of(ReplyTopics.HEADER, ScoreProcessor.DEADLINE_HEADER, ScoreProcessor.CORRELATION_HEADER)) {
            switch (random.nextInt(8)) {
                case 0 -> headers.add(name, null);
                case 1 -> headers.add(name, bytes(random, 300));
                case 2 -> headers.add(name, OWN.getBytes(StandardCharsets.UTF_8));
                case 3 -> headers.add(name, Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8));
                default -> {
                    // without it
                }
            }
        }
        return headers;
    }

    private static byte[] bytes(SplittableRandom random, int atMost) {
        byte[] bytes = new byte[random.nextInt(atMost)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Something happens when features are asked for, once. */
    private static final class Interrupted extends WrappedFeatureSpace {
        private final Runnable event;

        Interrupted(FeatureSpace space, Runnable event) {
            super(space);
            this.event = event;
        }

        @Override
        public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
            event.run();
            return space.features(featureSpace, responses);
        }
    }

    private Topology topology(Deployment deployment) {
        Map<String, ReplyTopics.Destination> own = Map.of(
                OWN,
                new ReplyTopics.Destination.Usable(OWN, 1 << 20),
                SMALL,
                new ReplyTopics.Destination.Usable(SMALL, 1000),
                "assay.score-replies.broken",
                new ReplyTopics.Destination.Unusable("must have a leader"));
        ReplyTopics topics =
                new ReplyTopics(deployment.topics(), beginning -> CompletableFuture.completedFuture(own), () -> 0);
        return ScoreTopology.build(deployment, newest, topics, meters);
    }

    private static Deployment keeping(String decisions) {
        ServiceConfig config =
                ServiceConfig.parse(DEPLOYMENT.config().toYaml(), Map.of("ASSAY_SCORE_DECISIONS", decisions));
        return new Deployment(config, DEPLOYMENT.featureSpace());
    }

    private TestOutputTopic<byte[], byte[]> outputs(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void send(ScoreMessage message, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        requests.pipeInput(new TestRecord<>(new byte[] {1}, new ScoreRequestCodec().encode(message), all));
    }

    private ScoreReply.Abstaining abstaining(double level, Candidate... candidates) {
        ScoreRequest request = new ScoreRequest(
                "r", List.of(candidates), level, CovarianceKind.MODEL, Centring.FEATURE_SPACE, null, null, true);
        return Objects.requireNonNull(((ScoreReply.Scored) ask(request)).abstaining());
    }

    private static ScoreRequest asking(double quantile, boolean abstain, Candidate... candidates) {
        return new ScoreRequest(
                "r", List.of(candidates), null, CovarianceKind.MODEL, Centring.FEATURE_SPACE, null, quantile, abstain);
    }

    private void publish(long version, double scale) {
        double[] information = new double[PackedSymmetric.packedSize(PARAMETERS)];
        for (int i = 0, next = 0; i < PARAMETERS; i++) {
            next += i;
            information[next++] = 4;
        }
        ParameterSnapshot snapshot = new ParameterSnapshot(
                DEPLOYMENT.model(),
                version,
                ParameterSnapshot.Kind.RERUN,
                new Parameters(AT.reward().times(scale), AT.rationality()),
                new ParameterSnapshot.Spaces(
                        DEPLOYMENT.featureSpace().id(),
                        DEPLOYMENT.contextSpec().id(),
                        DEPLOYMENT.featureSpace().names(),
                        DEPLOYMENT.contextSpec().names()),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.of(PARAMETERS, information),
                        Vector.zeros(16),
                        PackedSymmetric.of(PARAMETERS, information),
                        1000,
                        1000,
                        20, // too few for clustered standard errors
                        -500),
                new ParameterSnapshot.Quality(0, 0, 7, List.of()),
                new ParameterSnapshot.Origin(List.of(1000L), null, "test", "test", Instant.EPOCH));
        newest.offer(snapshot);
    }

    private ScoreReply ask(ScoreRequest request) {
        requests.pipeInput(
                request.requestId().getBytes(StandardCharsets.UTF_8), new ScoreRequestCodec().encode(request));
        return reply(replies.readRecord());
    }

    private static ScoreReply reply(TestRecord<byte[], byte[]> record) {
        return (ScoreReply) answer(record);
    }

    private static ScoreAnswer answer(TestRecord<byte[], byte[]> record) {
        try {
            return new ScoreReplyCodec().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static ScoreRequest request(List<Candidate> candidates) {
        return new ScoreRequest("r", candidates, null, CovarianceKind.AUTOMATIC, Centring.FEATURE_SPACE, null);
    }

    private static Candidate features(float... features) {
        return new Candidate("c", null, features);
    }
}
