package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
        try (EstimatorRun estimator = new EstimatorRun(
                deployment(position), EstimatorRun.NOBODY_IS_ERASED, new SimpleMeterRegistry(), stateFolder)) {
            judgments().forEach(estimator::send);
            estimator.rest();
            return estimator.newestSnapshot();
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
