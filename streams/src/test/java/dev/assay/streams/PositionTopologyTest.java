package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotators who favour what they see first, from judgments on the topic to the snapshot. */
class PositionTopologyTest {
    private static final int JUDGMENTS = 4_000;
    private static final double[] REWARD = {1, -0.5};
    private static final double BIAS = 0.8;

    @TempDir
    Path stateFolder;

    @Test
    void thePositionBiasIsEstimatedAndTheRewardIsFreeOfIt() throws Exception {
        ParameterSnapshot snapshot = estimate(true);

        assertThat(snapshot.spaces().rewardNames()).containsExactly("x_1", "x_2", "shown_first");
        assertThat(interval(snapshot, 0)).satisfies(interval -> contains(interval, REWARD[0]));
        assertThat(interval(snapshot, 1)).satisfies(interval -> contains(interval, REWARD[1]));
        assertThat(interval(snapshot, 2)).satisfies(interval -> contains(interval, BIAS));
    }

    @Test
    void withoutItThePositionsOfTheResponsesPassForReward() throws Exception {
        ParameterSnapshot snapshot = estimate(false);

        assertThat(snapshot.spaces().rewardNames()).containsExactly("x_1", "x_2");
        assertThat(interval(snapshot, 0).lower()).isGreaterThan(REWARD[0]);
    }

    private static void contains(Interval interval, double truth) {
        assertThat(truth).isBetween(interval.lower(), interval.upper());
    }

    private static Interval interval(ParameterSnapshot snapshot, int index) {
        Covariance covariance = Covariance.model(snapshot.sums().information()).orElseThrow();
        return new Inference(snapshot.parameters(), covariance, 0.99).parameter(index);
    }

    private ParameterSnapshot estimate(boolean position) throws Exception {
        Deployment deployment = deployment(position);
        var topics = deployment.topics();
        var topology = PreferenceTopology.build(
                deployment,
                new ShardProgress(PreferenceTopology.SHARD_STORE),
                (partition, end, annotatorId) -> {
                    throw new AssertionError("nobody is erased");
                },
                new SimpleMeterRegistry());
        try (TopologyTestDriver driver = new TopologyTestDriver(
                topology, Role.settings("estimator", deployment, stateFolder), Instant.parse("2026-01-01T00:00:00Z"))) {
            var judgments = driver.createInputTopic(
                    topics.judgments().name(), new ByteArraySerializer(), new ByteArraySerializer());
            var parameters = driver.createOutputTopic(
                    topics.parameters(deployment.shape().parameters()).name(),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            JudgmentCodec codec = new JudgmentCodec();
            for (Judgment judgment : judgments()) {
                judgments.pipeInput(
                        String.valueOf(judgment.annotatorId()).getBytes(StandardCharsets.UTF_8),
                        codec.encode(judgment));
            }
            for (int tick = 0; tick < 30; tick++) {
                driver.advanceWallClockTime(Duration.ofMillis(100));
            }
            Optional<byte[]> newest = parameters.readValuesToList().stream().reduce((older, newer) -> newer);
            return new SnapshotCodec().decode(newest.orElseThrow());
        }
    }

    private static Deployment deployment(boolean position) {
        ServiceConfig config = ServiceConfig.parse("""
                kafka: {bootstrap.servers: "localhost:1"}
                topics: {shards: 1}
                features: {kind: vectors, dimension: 2, position: %s}
                rerun: {interval: PT1S, minimum-judgments: 100}
                """.formatted(position), Map.of());
        return new Deployment(config, config.features().open(Path.of(".")));
    }

    /** What has more of the first feature is shown first, mostly: as where the best answer of a system comes on top. */
    private static List<Judgment> judgments() {
        Random random = new Random(11);
        List<Judgment> judgments = new ArrayList<>();
        for (int i = 0; i < JUDGMENTS; i++) {
            double[][] features = {
                {random.nextGaussian(), random.nextGaussian()}, {random.nextGaussian(), random.nextGaussian()}
            };
            int better = features[0][0] > features[1][0] ? 0 : 1;
            int shownFirst = random.nextDouble() < 0.8 ? better : 1 - better;
            double margin = shownFirst == 0 ? BIAS : -BIAS;
            for (int j = 0; j < REWARD.length; j++) {
                margin += REWARD[j] * (features[0][j] - features[1][j]);
            }
            boolean first = random.nextDouble() < 1 / (1 + Math.exp(-margin));
            judgments.add(new Judgment(
                    "j" + i,
                    "a" + i % 200,
                    "p" + i,
                    List.of(response("r0", features[0]), response("r1", features[1])),
                    first ? List.of(1, 2) : List.of(2, 1),
                    1,
                    null,
                    new Occasion(Map.of(), null, null, shownFirst, "test")));
        }
        return judgments;
    }

    private static JudgedResponse response(String id, double[] features) {
        return new JudgedResponse(id, null, null, new float[] {(float) features[0], (float) features[1]});
    }
}
