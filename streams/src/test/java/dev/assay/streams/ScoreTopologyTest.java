package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.ScoreReply;
import dev.assay.streams.adapt.ScoreReplyCodec;
import dev.assay.streams.adapt.ScoreRequest;
import dev.assay.streams.adapt.ScoreRequest.Candidate;
import dev.assay.streams.adapt.ScoreRequest.Centre;
import dev.assay.streams.adapt.ScoreRequest.CovarianceChoice;
import dev.assay.streams.adapt.ScoreRequestCodec;
import dev.assay.streams.adapt.SnapshotCodec;
import dev.assay.streams.score.ScoreProcessor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTopologyTest {
    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final int PARAMETERS = DEPLOYMENT.shape().parameters();
    /** With J = 4 I every parameter has the standard error ½: worked by hand below. */
    private static final Parameters AT = new Parameters(Vector.of(1, 0, -1, 0.5), Vector.of(0.5, -0.5, -1.5, 0));

    private static final double NORMAL_QUANTILE = 1.959963984540054;

    @TempDir
    Path stateFolder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> parameters;
    private TestInputTopic<byte[], byte[]> requests;
    private TestOutputTopic<byte[], byte[]> replies;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(
                ScoreTopology.build(DEPLOYMENT, new SimpleMeterRegistry()),
                Role.settings("scorer", DEPLOYMENT, stateFolder));
        var topics = DEPLOYMENT.topics();
        parameters = driver.createInputTopic(
                topics.parameters(PARAMETERS).name(), new StringSerializer(), new ByteArraySerializer());
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
        String described = ScoreTopology.build(DEPLOYMENT, new SimpleMeterRegistry())
                .describe()
                .toString();
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
        assertThat(scored.parameterVersion()).isEqualTo(3);
        assertThat(scored.covariance()).isEqualTo(CovarianceChoice.MODEL);
        assertThat(scored.candidates().get(0).reward()).isEqualTo(2);
        assertThat(scored.candidates().get(0).standardError()).isCloseTo(1, within(1e-12));
        assertThat(scored.candidates().get(0).lower()).isCloseTo(2 - NORMAL_QUANTILE, within(1e-9));
        assertThat(scored.candidates().get(1).upper()).isCloseTo(1 + feature + NORMAL_QUANTILE * error, within(1e-9));
        assertThat(scored.best()).isEqualTo(0);
        assertThat(scored.pessimistic()).isEqualTo(1);
    }

    @Test
    void aNewSnapshotIsAnsweredFromAtOnce() {
        publish(1, 1);
        publish(2, 2);
        ScoreReply.Scored scored = (ScoreReply.Scored) ask(request(List.of(features(1, 0, 0, 0))));
        assertThat(scored.parameterVersion()).isEqualTo(2);
        assertThat(scored.candidates().get(0).reward()).isEqualTo(2);
    }

    @Test
    void centringOnTheCandidatesMovesTheOriginToTheirMean() {
        publish(1, 1);
        List<Candidate> candidates = List.of(features(3, 0, 0, 0), features(1, 0, 0, 0));
        ScoreRequest request = new ScoreRequest("r", candidates, null, CovarianceChoice.MODEL, Centre.CANDIDATES, null);
        ScoreReply.Scored scored = (ScoreReply.Scored) ask(request);
        assertThat(scored.candidates())
                .extracting(ScoreReply.ScoredCandidate::reward)
                .containsExactly(1.0, -1.0);
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
                "r", List.of(features(1, 0, 0, 0)), 1.0, CovarianceChoice.MODEL, Centre.FEATURE_SPACE, null);
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
                DEPLOYMENT.featureSpace().names(),
                DEPLOYMENT.contextSpec().names(),
                PackedSymmetric.of(PARAMETERS, information),
                Vector.zeros(16),
                PackedSymmetric.of(PARAMETERS, information),
                1000,
                1000,
                20, // too few for clustered standard errors
                -500,
                0,
                7,
                List.of(),
                DEPLOYMENT.featureSpace().id(),
                DEPLOYMENT.contextSpec().id(),
                List.of(1000L),
                0,
                null,
                "test",
                "test",
                Instant.EPOCH);
        parameters.pipeInput(DEPLOYMENT.model(), new SnapshotCodec().encode(snapshot));
    }

    private ScoreReply ask(ScoreRequest request) {
        requests.pipeInput(
                request.requestId().getBytes(StandardCharsets.UTF_8), new ScoreRequestCodec().encode(request));
        return reply(replies.readRecord());
    }

    private static ScoreReply reply(TestRecord<byte[], byte[]> record) {
        try {
            return (ScoreReply) new ScoreReplyCodec().decode(record.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static ScoreRequest request(List<Candidate> candidates) {
        return new ScoreRequest("r", candidates, null, CovarianceChoice.AUTOMATIC, Centre.FEATURE_SPACE, null);
    }

    private static Candidate features(float... features) {
        return new Candidate("c", null, features);
    }
}
