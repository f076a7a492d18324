package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Retraction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

    private EstimatorRun estimator;

    @BeforeEach
    void start() {
        estimator = new EstimatorRun(DEPLOYMENT, EstimatorRun.NOBODY_IS_ERASED, new SimpleMeterRegistry(), stateFolder);
    }

    @AfterEach
    void stop() {
        estimator.close();
    }

    @Test
    void pairsAndRankingsBecomeTheSnapshotThatAnOfflineFitFinds() {
        List<Judgment> sent = all(0, 1000, 0);
        sent.forEach(estimator::send);
        estimator.rest();
        ParameterSnapshot snapshot = estimator.newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(1000);
        assertThat(snapshot.kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
        assertThat(EstimatorRun.standardErrorsApart(snapshot, offline(sent))).isLessThan(EXACT);
    }

    @Test
    void editsToAnotherNumberOfResponsesAndRetractionsLeaveWhatStands() {
        all(0, 800, 0).forEach(estimator::send);
        estimator.rest();
        List<Judgment> edited = all(0, 200, 1);
        edited.forEach(estimator::send);
        all(200, 300, 0).forEach(gone -> estimator.send(new Retraction(gone.judgmentId(), gone.annotatorId(), "test")));
        estimator.rest();
        List<Judgment> standing = new ArrayList<>(edited);
        standing.addAll(all(300, 800, 0));
        ParameterSnapshot snapshot = estimator.newestSnapshot();
        assertThat(snapshot.sums().judgments()).isEqualTo(700);
        assertThat(EstimatorRun.standardErrorsApart(snapshot, offline(standing)))
                .isLessThan(EXACT);
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
}
