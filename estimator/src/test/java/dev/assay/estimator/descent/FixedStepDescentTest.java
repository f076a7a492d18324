package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Questions;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedStepDescentTest {
    private static final Kind KIND = Kind.plain(600, 5, 3);
    private final Shard shard = new StoreShard(new GeneratedData(3, KIND).store());

    @Test
    void withGoodStepsItEndsAtTheMaximum() {
        Fit fit = run(4, 2, 600, Start.cold(5, 3));
        Fit newton = new AlternatingDescent(FitConfig.DEFAULTS).fit(Start.cold(5, 3), List.of(shard));
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.rounds()).isEqualTo(1 + 2 * 600 + 1);
        assertThat(fit.parameters().distance(newton.parameters())).isLessThan(1e-6);
    }

    @Test
    void theStepsAsPrintedAreShownForWhatTheyAre() {
        Fit fit = run(FixedStepDescent.AS_PRINTED, FixedStepDescent.AS_PRINTED, 500, Start.cold(5, 3));
        assertThat(fit.status()).isEqualTo(FitStatus.NOT_CONVERGED);
        // MODEL §6 predicts 6e7 passes for this size.
        assertThat(fit.diagnostics())
                .filteredOn(found -> found.name().equals("slow-steps"))
                .singleElement()
                .satisfies(found -> assertThat(found.value()).isBetween(1e6, 1e9));
    }

    @Test
    void aRisingLossIsReportedAsSuch() {
        Fit fit = run(60, 60, 50, Start.cold(5, 3));
        assertThat(fit.converged()).isFalse();
        assertThat(fit.diagnostics()).extracting(Diagnostic::name).contains("rising-loss");
    }

    @Test
    void stepsThatLeadAwayEndBeforeNumbersOverflow() {
        Fit fit = run(1e6, 1e6, 400, Start.cold(5, 3));
        assertThat(fit.status()).isEqualTo(FitStatus.NOT_CONVERGED);
        assertThat(fit.rounds()).isLessThan(800);
        assertThat(fit.diagnostics()).extracting(Diagnostic::name).contains("rising-loss");
    }

    @Test
    void oneIterationIsOneGradientStepOnEachBlock() {
        Parameters start = Parameters.of(new double[] {0.1, 0.2, -0.3, 0.1, 0, 0.2, 0, -0.1}, 5);
        Fit fit = run(0.5, 0.25, 1, Start.warm(start));
        double[] expected = start.joint().toArray();
        Answer at = shard.answer(Questions.at(start, Wanted.GRADIENT));
        for (int i = 0; i < 5; i++) {
            expected[i] += 0.5 * at.statistics().score().get(i) / 600;
        }
        at = shard.answer(Questions.at(Parameters.of(expected, 5), Wanted.GRADIENT));
        for (int i = 5; i < 8; i++) {
            expected[i] += 0.25 * at.statistics().score().get(i) / 600;
        }
        assertThat(fit.parameters().joint().toArray()).containsExactly(expected, within(1e-15));
    }

    @Test
    void stepsMustBeAboveZero() {
        assertThatThrownBy(() -> new FixedStepDescent(FitConfig.DEFAULTS, 0, 1, 1))
                .hasMessage("η₁ must be above 0 and finite: 0.0");
    }

    private Fit run(double rewardStep, double rationalityStep, int iterations, Start first) {
        return new FixedStepDescent(FitConfig.DEFAULTS, rewardStep, rationalityStep, iterations)
                .fit(first, List.of(shard));
    }
}
