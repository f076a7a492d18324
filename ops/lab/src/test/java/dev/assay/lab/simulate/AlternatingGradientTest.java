package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.Sample;
import org.junit.jupiter.api.Test;

class AlternatingGradientTest {
    @Test
    void itEndsWhereNewtonEnds() {
        ComparisonStore store = new Sample(EstimationExperiment.design(3, 2), 11).store(500);
        Fit fit = Fitting.cold(store);
        AlternatingGradient gradient = new AlternatingGradient(store, Parameters.zeros(3, 2), 1, 3, 1000);
        while (!gradient.ended()) {
            gradient.next();
        }

        // A standard error is about 0.1 here.
        assertThat(gradient.point().distance(fit.parameters())).isLessThan(1e-6);
        assertThat(gradient.largestScore()).isLessThan(1e-7);
    }

    @Test
    void stepsThatAreTooLongNeverArrive() {
        ComparisonStore store = new Sample(EstimationExperiment.design(3, 2), 11).store(500);
        AlternatingGradient gradient = new AlternatingGradient(store, Parameters.zeros(3, 2), 2, 6, 500);

        while (!gradient.ended()) {
            gradient.next();
        }

        assertThat(gradient.largestScore()).isGreaterThan(0.01); // a cycle of length two around the maximum
    }

    @Test
    void aSmallStepNeverLosesLikelihood() {
        ComparisonStore store = new Sample(EstimationExperiment.design(3, 2), 12).store(300);
        AlternatingGradient gradient = new AlternatingGradient(store, Parameters.zeros(3, 2), 0.5, 0.5, 50);

        while (!gradient.ended()) {
            double before = gradient.logLikelihood();
            gradient.next();
            assertThat(gradient.logLikelihood()).isGreaterThanOrEqualTo(before);
        }
    }
}
