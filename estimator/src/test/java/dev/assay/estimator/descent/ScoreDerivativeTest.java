package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Questions;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreDerivativeTest {
    private static final int D = 4;
    private static final int K = 2;
    private static final double STEP = 1e-5;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void scoreAndObservedInformationAreTheDerivativesOfTheLogLikelihood(long seed) {
        GeneratedData data = new GeneratedData(seed, GeneratedData.Kind.plain(150, D, K));
        Shard shard = new StoreShard(data.store());
        Vector at = data.truth().joint().times(0.7);
        Answer answer = answer(shard, at);
        PackedSymmetric observed = ObservedInformation.of(
                PackedSymmetric.of(D + K, answer.statistics().information()),
                Dense.of(D, K, answer.statistics().cross()));
        for (int i = 0; i < D + K; i++) {
            double[] unit = new double[D + K];
            unit[i] = STEP;
            Answer above = answer(shard, at.plus(Vector.of(unit)));
            Answer below = answer(shard, at.minus(Vector.of(unit)));
            double slope =
                    (above.statistics().logLikelihood() - below.statistics().logLikelihood()) / (2 * STEP);
            // 150 terms, each with a third derivative of order 1: errors of 150·STEP² plus rounding/STEP.
            assertThat(answer.statistics().score().get(i)).isCloseTo(slope, within(1e-6));
            Vector curvature =
                    above.statistics().score().minus(below.statistics().score()).times(-1 / (2 * STEP));
            assertThat(observed.toRows()[i]).containsExactly(curvature.toArray(), within(1e-6));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theChartCarriesScoreAndCurvatureOver(long seed) {
        GeneratedData data = new GeneratedData(seed, new GeneratedData.Kind(150, D, K, 0.3, 1, 0.6));
        Shard shard = new StoreShard(data.store());
        Parameters at = Parameters.of(data.truth().joint().times(0.7), D);
        Answer moments = shard.answer(Questions.at(at, Wanted.MOMENTS));
        Chart chart = Chart.around(at, Standardisation.of(moments, D, K));
        LocalModel model = chart.localModel(answer(shard, at.joint()).statistics());
        Vector origin = chart.origin();
        double base = answer(shard, at.joint()).statistics().logLikelihood();
        for (int i = 0; i < D + K; i++) {
            double[] unit = new double[D + K];
            unit[i] = 1e-4;
            double above = at(shard, chart, origin.plus(Vector.of(unit)));
            double below = at(shard, chart, origin.minus(Vector.of(unit)));
            assertThat(model.score().get(i)).isCloseTo((above - below) / 2e-4, within(1e-4));
            assertThat(model.observed().get(i, i)).isCloseTo((2 * base - above - below) / 1e-8, within(1e-3));
        }
        assertThat(chart.parameters(origin).orElseThrow().distance(at)).isLessThan(1e-12);
        assertThat(chart.coordinates(at).minus(origin).length()).isLessThan(1e-12);
    }

    private static double at(Shard shard, Chart chart, Vector coordinates) {
        return answer(shard, chart.parameters(coordinates).orElseThrow().joint())
                .statistics()
                .logLikelihood();
    }

    private static Answer answer(Shard shard, Vector at) {
        return shard.answer(Questions.at(Parameters.of(at, D), Wanted.STATISTICS));
    }
}
