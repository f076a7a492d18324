package dev.assay.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.Sample;
import org.junit.jupiter.api.Test;

class AlternatingGradientTest {
    @Test
    void itEndsWhereNewtonEnds() {
        ComparisonStore store = new Sample(EstimationExperiment.design(3, 2), 11).store(500);
        Fit fit = Fitting.cold(store);
        AlternatingGradient gradient = new AlternatingGradient(store, 2, 6);

        AlternatingGradient.Iterate iterate = gradient.at(Parameters.zeros(3, 2));
        for (int t = 0; t < 2000; t++) {
            iterate = gradient.next(iterate);
        }

        // A standard error is about 0.1 here.
        assertThat(iterate.point().distance(fit.parameters())).isLessThan(1e-6);
        assertThat(iterate.largestScore()).isLessThan(1e-7);
    }

    @Test
    void aSmallStepNeverLosesLikelihood() {
        ComparisonStore store = new Sample(EstimationExperiment.design(3, 2), 12).store(300);
        AlternatingGradient gradient = new AlternatingGradient(store, 0.5, 0.5);

        AlternatingGradient.Iterate iterate = gradient.at(Parameters.zeros(3, 2));
        for (int t = 0; t < 50; t++) {
            AlternatingGradient.Iterate next = gradient.next(iterate);
            assertThat(next.logLikelihood()).isGreaterThanOrEqualTo(iterate.logLikelihood());
            iterate = next;
        }
    }
}
