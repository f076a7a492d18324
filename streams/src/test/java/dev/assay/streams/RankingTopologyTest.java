package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.collect.KeyLog;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rankings among pairs through the whole estimator, without a broker. */
class RankingTopologyTest {
    private static final Deployment DEPLOYMENT = Deployments.small(1);
    private static final double EXACT = 1e-6; // standard errors

    @TempDir
    Path stateFolder;

    private final JudgmentCodec codec = new JudgmentCodec();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> judgments;
    private TestOutputTopic<String, byte[]> parameters;

    @BeforeEach
    void start() {
        KeyLog nobodyIsErased = (partition, end, annotatorId) -> {
            throw new AssertionError("no erasure was asked for");
        };
        driver = new TopologyTestDriver(
                PreferenceTopology.build(
                        DEPLOYMENT, new ShardProgress(PreferenceTopology.SHARD_STORE), nobodyIsErased, meters),
                Role.settings("estimator", DEPLOYMENT, stateFolder),
                Instant.parse("2026-01-01T00:00:00Z"));
        var topics = DEPLOYMENT.topics();
        judgments = driver.createInputTopic(
                topics.judgments().name(), new ByteArraySerializer(), new ByteArraySerializer());
        parameters = driver.createOutputTopic(
                topics.parameters(DEPLOYMENT.shape().parameters()).name(),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void pairsAndRankingsBecomeTheSnapshotThatAnOfflineFitFinds() {
        List<Judgment> sent = all(0, 1000, 0);
        sent.forEach(this::send);
        rest();
        ParameterSnapshot snapshot = newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(1000);
        assertThat(snapshot.kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        assertThat(standardErrorsApart(snapshot, offline(sent))).isLessThan(EXACT);
    }

    @Test
    void editsToAnotherNumberOfResponsesAndRetractionsLeaveWhatStands() {
        all(0, 800, 0).forEach(this::send);
        rest();
        List<Judgment> edited = all(0, 200, 1);
        edited.forEach(this::send);
        all(200, 300, 0).forEach(gone -> send(new Retraction(gone.judgmentId(), gone.annotatorId(), "test")));
        rest();
        List<Judgment> standing = new ArrayList<>(edited);
        standing.addAll(all(300, 800, 0));
        ParameterSnapshot snapshot = newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(700);
        assertThat(standardErrorsApart(snapshot, offline(standing))).isLessThan(EXACT);
    }

    private static List<Judgment> all(int from, int to, int edition) {
        return IntStream.range(from, to).mapToObj(i -> ranking(i, edition)).toList();
    }

    /** 2 to 5 responses of the judgment's prompt, ranked choice by choice, now and then with ties. */
    private static Judgment ranking(int index, int edition) {
        Judgment pair = Deployments.judgment(index);
        var population = Deployments.POPULATION;
        var simulated = population.judgment(index);
        SplittableRandom random = new SplittableRandom(31L * index + edition);
        int count = 2 + random.nextInt(4);
        double rationality =
                1 + population.context(simulated).dot(population.truth().rationality());
        List<JudgedResponse> responses = new ArrayList<>();
        double[] utilities = new double[count];
        for (int i = 0; i < count; i++) {
            var features = population.response(simulated.prompt(), i);
            responses.add(new JudgedResponse("p" + simulated.prompt() + "r" + i, null, null, floats(features)));
            double noise = -Math.log(-Math.log(random.nextDouble(1e-12, 1)));
            utilities[i] = rationality * features.dot(population.truth().reward()) + noise;
        }
        boolean tied = random.nextInt(5) == 0;
        List<Integer> ranking = new ArrayList<>();
        for (double utility : utilities) {
            int ahead = (int)
                    Arrays.stream(utilities).filter(other -> other > utility).count();
            ranking.add(1 + (tied && ahead == 1 ? 0 : ahead)); // the first two tied
        }
        return new Judgment(
                pair.judgmentId(),
                pair.annotatorId(),
                pair.promptId(),
                responses,
                ranking,
                1,
                null,
                Occasion.of(pair.occasion().context(), "test"));
    }

    private static float[] floats(Vector exact) {
        float[] floats = new float[exact.size()];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) exact.get(j);
        }
        return floats;
    }

    /** From the population's own contexts: all judgments in one store of rankings, pairs too. */
    private static Fit offline(List<Judgment> standing) {
        FloatComparisonStore pairs = new FloatComparisonStore(4, 4);
        RankingStore rankings = new RankingStore(4, 4);
        for (Judgment judgment : standing) {
            int index = Integer.parseInt(judgment.judgmentId().substring(1));
            float[] context = floats(Deployments.POPULATION.context(Deployments.POPULATION.judgment(index)));
            int count = judgment.responses().size();
            float[] features = new float[4 * count];
            for (int i = 0; i < count; i++) {
                float[] of = Objects.requireNonNull(judgment.responses().get(i).features());
                System.arraycopy(of, 0, features, 4 * i, 4);
            }
            int[] ranks =
                    judgment.ranking().stream().mapToInt(Integer::intValue).toArray();
            rankings.upsert(index, 0, -1, 1, 1, context, ranks, features);
        }
        return new AlternatingDescent(FitConfig.DEFAULTS)
                .fit(Start.cold(4, 4), List.of(new StoreShard(pairs, rankings, 1)));
    }

    private static double standardErrorsApart(ParameterSnapshot snapshot, Fit fit) {
        var errors = Covariance.model(fit).orElseThrow().standardErrors();
        var apart = snapshot.parameters().joint().minus(fit.parameters().joint());
        return IntStream.range(0, errors.size())
                .mapToDouble(i -> Math.abs(apart.get(i)) / errors.get(i))
                .max()
                .orElseThrow();
    }

    private void rest() {
        for (int tick = 0; tick < 30; tick++) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
    }

    private void send(JudgmentMessage message) {
        byte[] key = Objects.requireNonNull(message.annotatorId()).getBytes(StandardCharsets.UTF_8);
        judgments.pipeInput(key, codec.encode(message));
    }

    private ParameterSnapshot newestSnapshot() {
        List<byte[]> published = parameters.readValuesToList(); // those since the last call
        try {
            return new SnapshotCodec().decode(published.get(published.size() - 1));
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
