package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.simulation.SimulatedJudgment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterScoresTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theMeatIsTheSumOverAnnotatorsOfTheirSquaredScores(long seed) {
        Population population = Population.seeded(seed);
        List<SimulatedJudgment> judgments = population.judgments(0).limit(1000).toList();
        DoubleComparisonStore store = new DoubleComparisonStore(16, 4);
        Map<Integer, Vector> scores = new TreeMap<>();
        for (SimulatedJudgment judgment : judgments) {
            Comparison comparison = population.comparison(judgment);
            // Every fifth judgment has no annotator; it is then its own cluster, under a number no annotator has.
            boolean alone = judgment.index() % 5 == 0;
            store.add(comparison, alone ? ComparisonBlock.OWN_CLUSTER : judgment.annotator());
            double residual = ChoiceModel.residual(comparison.margin(population.truth()), comparison.preference());
            scores.merge(
                    alone ? -1 - (int) judgment.index() : judgment.annotator(),
                    comparison.marginGradient(population.truth()).times(residual),
                    Vector::plus);
        }
        double[][] expected = new double[20][20];
        scores.values().forEach(score -> addSquare(expected, score));
        Answer answer = new StoreShard(store).answer(Questions.at(population.truth(), Wanted.STATISTICS_AND_CLUSTERS));
        assertThat(answer.statistics().clusters()).isEqualTo(scores.size());
        assertThat(answer.statistics().meat().toArray())
                .containsExactly(PackedSymmetric.ofRows(expected).packed(), within(1e-9));
    }

    private static void addSquare(double[][] sum, Vector score) {
        for (int i = 0; i < score.size(); i++) {
            for (int j = 0; j < score.size(); j++) {
                sum[i][j] += score.get(i) * score.get(j);
            }
        }
    }
}
