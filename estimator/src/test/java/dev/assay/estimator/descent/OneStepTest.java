package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.RunningSum;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OneStepTest {
    private static final int D = 16;
    private static final int K = 4;
    private static final double SHIFT = 2; // of every context attribute

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void theDriftEstimateBoundsTheDistanceFromTheMaximum(long seed) {
        List<Comparison> comparisons = Population.seeded(seed).comparisons(6000);
        Fit before = Fits.cold(comparisons.subList(0, 3000));
        Fit exact = Fits.cold(comparisons);

        OneStep step = step(before.parameters(), comparisons);

        assertThat(errors(step.parameters(), exact)).isLessThan(step.drift());
        assertThat(errors(before.parameters(), exact)).isGreaterThan(10 * errors(step.parameters(), exact));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void itDoesNotDependOnTheOriginOfTheContext(long seed) {
        List<Comparison> comparisons = Population.seeded(seed).comparisons(3000);
        List<Comparison> shifted =
                comparisons.stream().map(OneStepTest::shifted).toList();
        Parameters at = Fits.cold(comparisons.subList(0, 1500)).parameters();

        OneStep step = step(at, comparisons);
        OneStep ofShifted = step(shifted(at), shifted);

        assertThat(ofShifted.decrement()).isCloseTo(step.decrement(), within(1e-6 * step.decrement()));
        // Margins agree: those of parameters and contexts that are both shifted are the same.
        assertThat(ofShifted.parameters().distance(shifted(step.parameters()))).isLessThan(1e-6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void itIsNearerToTheMaximumThanAStepInTheParametersThemselves(long seed) {
        // Rationality 1 is nobody's here: contexts lie around the shift.
        List<Comparison> comparisons = Population.seeded(seed).comparisons(6000).stream()
                .map(OneStepTest::shifted)
                .toList();
        Fit before = Fits.cold(comparisons.subList(0, 3000));
        Fit exact = Fits.cold(comparisons);
        Answer statistics = statistics(before.parameters(), comparisons);

        OneStep step = step(before.parameters(), comparisons);

        Fit there = new Fit(FitStatus.NOT_CONVERGED, before.parameters(), statistics, 1, 1, List.of());
        Vector plain = Cholesky.of(ObservedInformation.of(there.information(), there.cross()))
                .or(() -> Cholesky.of(there.information()))
                .orElseThrow()
                .solve(statistics.statistics().score());
        Parameters plainly = Parameters.of(before.parameters().joint().plus(plain), D);
        assertThat(errors(step.parameters(), exact)).isLessThan(0.5 * errors(plainly, exact));
    }

    private static OneStep step(Parameters at, List<Comparison> comparisons) {
        return OneStep.of(at, statistics(at, comparisons)).orElseThrow();
    }

    private static Answer statistics(Parameters at, List<Comparison> comparisons) {
        return RunningSum.over(at, Fits.store(comparisons), 1).sum();
    }

    private static Comparison shifted(Comparison c) {
        double[] context = c.context().toArray();
        for (int i = 0; i < context.length; i++) {
            context[i] += SHIFT * c.offset();
        }
        return new Comparison(c.offset(), Vector.of(context), c.difference(), c.preference(), c.weight());
    }

    /** σ = ψ₀ + γᵀψ = (1 − γᵀa)ψ₀ + γᵀ(ψ + aψ₀): the ψ₀ coefficient is 1 again after division. */
    private static Parameters shifted(Parameters at) {
        double scale = 1;
        for (int i = 0; i < K; i++) {
            scale -= SHIFT * at.rationality().get(i);
        }
        return new Parameters(at.reward().times(scale), at.rationality().times(1 / scale));
    }

    /** Root mean square distance in standard errors. */
    private static double errors(Parameters estimate, Fit exact) {
        Vector variances =
                Cholesky.of(exact.information()).orElseThrow().inverse().diagonal();
        Vector difference = estimate.joint().minus(exact.parameters().joint());
        double sum = 0;
        for (int i = 0; i < D + K; i++) {
            sum += difference.get(i) * difference.get(i) / variances.get(i);
        }
        return Math.sqrt(sum / (D + K));
    }
}
