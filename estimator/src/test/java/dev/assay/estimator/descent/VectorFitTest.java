package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.Fits;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Questions;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFitTest {
    // The fit may stop at 1e-7 standard errors per parameter, √11 times that in one; the first does better by chance.
    @ParameterizedTest
    @CsvSource({"a_small, 1e-10", "d_near_collinear, 3.4e-7"})
    void theEstimateIsTheTrueMaximum(String name, double standardErrors) {
        VectorSet set = VectorSet.read(name);
        JsonNode truth = set.expected().get("fit");
        Fit fit = Fits.cold(set.store());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(fit.diagnostics()).isEmpty();
        assertThat(fit.logLikelihood())
                .isCloseTo(
                        truth.get("loglik").asDouble(),
                        within(1e-12 * Math.abs(truth.get("loglik").asDouble())));
        assertThat(fit.nonPositiveRationality()).isZero();
        Vector expected = VectorSet.vector(truth.get("theta")).concat(VectorSet.vector(truth.get("gamma")));
        Vector errors = VectorSet.vector(truth.get("se"));
        assertClose(fit.parameters().joint(), expected, errors, standardErrors);
    }

    @Test
    void theConditionNumberIsTheOneOfTheScaledInformation() {
        VectorSet set = VectorSet.read("a_small");
        Fit fit = Fits.cold(set.store());
        assertThat(ScaledCondition.of(fit.information()).number())
                .isCloseTo(10.152272901894095, within(1e-6)); // NumPy's eigvalsh of the inverse of the true covariance
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_small", "d_near_collinear"})
    void withoutContextItIsPlainBradleyTerry(String name) {
        VectorSet set = VectorSet.read(name);
        JsonNode truth = set.expected().get("plain_btl");
        Fit fit = Fits.cold(set.comparisons().stream()
                .map(c -> new Comparison(c.offset(), Vector.zeros(0), c.difference(), c.preference(), 1))
                .toList());
        assertThat(fit.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(-fit.logLikelihood() / fit.weight())
                .isCloseTo(truth.get("mean_nll").asDouble(), within(1e-12));
        assertClose(
                fit.parameters().joint(),
                VectorSet.vector(truth.get("theta")),
                VectorSet.vector(truth.get("se")),
                1e-7);
    }

    @Test
    void completeSeparationIsProvenAndNothingIsNaN() {
        VectorSet set = VectorSet.read("f_separable");
        Fit fit = Fits.cold(set.store());
        assertThat(fit.status()).isEqualTo(FitStatus.SEPARATED);
        assertThat(fit.statistics().minimumSignedMargin()).isPositive();
        // The first point that proves it ends the fit; waiting for growing standard errors would take twice as long.
        assertThat(fit.rounds()).isLessThanOrEqualTo(10);
        assertThat(fit.diagnostics()).extracting(Diagnostic::name).contains("separated");
        assertThat(fit.logLikelihood()).isFinite();
        assertThat(fit.decrement()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_small", "d_near_collinear"})
    void theFitCarriesTheStatisticsAtExactlyItsParameters(String name) {
        VectorSet set = VectorSet.read(name);
        Fit fit = Fits.cold(set.store());
        Answer again =
                new StoreShard(set.store()).answer(Questions.at(fit.parameters(), Wanted.STATISTICS_AND_CLUSTERS));
        assertThat(fit.answer()).isEqualTo(again);
        assertThat(fit.meat())
                .contains(
                        PackedSymmetric.of(set.d() + set.k(), again.statistics().meat()));
    }

    private static void assertClose(Vector actual, Vector expected, Vector errors, double standardErrors) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                    .as("parameter %s", i)
                    .isCloseTo(expected.get(i), within(standardErrors * errors.get(i)));
        }
    }
}
