package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.GeneratedRankings;
import dev.assay.estimator.GeneratedRankings.Ranked;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingFitTest {
    private static final double STEP = 1e-4; // of difference quotients, in units of parameters of size 1

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void newtonStepsOnTheBareFormulaEndAtTheSameMaximum(long seed) {
        GeneratedRankings generated = new GeneratedRankings(seed, 3, 2).annotators(0);
        List<Ranked> rankings = generated.next(250);
        Fit fit = cold(generated.store(rankings));

        double[] found = newton(rankings, generated.truth().joint().toArray());

        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        Vector errors = Covariance.model(fit).orElseThrow().standardErrors();
        for (int i = 0; i < found.length; i++) {
            double apart = fit.parameters().joint().get(i) - found[i];
            assertThat(Math.abs(apart) / errors.get(i)).isLessThan(1e-6);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theMomentsOfRankingsStartNearTheMaximum(long seed) {
        GeneratedRankings generated = new GeneratedRankings(seed, 4, 2).annotators(0);

        Fit fit = cold(generated.store(generated.next(800)));

        assertThat(fit.converged()).isTrue();
        assertThat(fit.rounds()).isLessThanOrEqualTo(12);
    }

    private static Fit cold(RankingStore rankings) {
        int d = rankings.rewardDimension();
        int k = rankings.rationalityDimension();
        return new AlternatingDescent(FitConfig.DEFAULTS)
                .fit(Start.cold(d, k), List.of(new StoreShard(new FloatComparisonStore(d, k), rankings, 1)));
    }

    /** Gradient and curvature by differences: the gradient's are of fourth order, so that it is 0 where ℓ is greatest. */
    private static double[] newton(List<Ranked> rankings, double[] from) {
        double[] at = from.clone();
        for (int i = 0; i < 12; i++) {
            RealVector step = new LUDecomposition(curvature(rankings, at))
                    .getSolver()
                    .solve(new ArrayRealVector(gradient(rankings, at)));
            for (int j = 0; j < at.length; j++) {
                at[j] -= step.getEntry(j);
            }
        }
        return at;
    }

    private static double[] gradient(List<Ranked> rankings, double[] at) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double near = moved(rankings, at, i, 10 * STEP) - moved(rankings, at, i, -10 * STEP);
            double far = moved(rankings, at, i, 20 * STEP) - moved(rankings, at, i, -20 * STEP);
            gradient[i] = (8 * near - far) / (120 * STEP);
        }
        return gradient;
    }

    private static Array2DRowRealMatrix curvature(List<Ranked> rankings, double[] at) {
        double[][] rows = new double[at.length][];
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double[] above = gradient(rankings, up);
            double[] below = gradient(rankings, down);
            for (int j = 0; j < at.length; j++) {
                above[j] = (above[j] - below[j]) / (2 * STEP);
            }
            rows[i] = above;
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    private static double moved(List<Ranked> rankings, double[] at, int parameter, double by) {
        double[] moved = at.clone();
        moved[parameter] += by;
        return rankings.stream().mapToDouble(each -> each.logLikelihood(moved)).sum();
    }
}
