package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.Fits;
import dev.assay.estimator.VectorSet;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.descent.Fit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorInferenceTest {
    // Relative; the second set loses its condition number of 4e6 from the 16 digits, twice where a matrix is inverted.
    @ParameterizedTest
    @CsvSource({"a_small, 1e-10", "d_near_collinear, 1e-7"})
    void standardErrorsAreTheTrueOnes(String name, double relative) {
        VectorSet set = VectorSet.read(name);
        JsonNode truth = set.expected().get("fit");
        Fit fit = Fits.cold(set.store());
        Covariance model = Covariance.model(fit).orElseThrow();
        Covariance sandwich = Covariance.sandwich(fit).orElseThrow();
        assertRelative(model.standardErrors(), VectorSet.vector(truth.get("se")), relative);
        assertRelative(model.matrix().diagonal(), VectorSet.vector(truth.get("cov_diag")), relative);
        Covariance observed = Covariance.observed(fit).orElseThrow();
        assertRelative(observed.matrix().diagonal(), VectorSet.vector(truth.get("observed_diag")), relative);
        assertRelative(sandwich.matrix().diagonal(), VectorSet.vector(truth.get("sandwich_diag")), relative);
        for (int i = 0; i < model.matrix().size(); i++) {
            double scale = model.standardErrors().get(i) * maximum(model.standardErrors());
            assertThat(model.matrix().toRows()[i])
                    .containsExactly(
                            VectorSet.vector(truth.get("covariance").get(i)).toArray(), within(relative * scale));
        }
    }

    @ParameterizedTest
    @CsvSource({"a_small, 1e-10", "d_near_collinear, 1e-7"})
    void intervalsAreTheTrueOnes(String name, double relative) {
        VectorSet set = VectorSet.read(name);
        Fit fit = Fits.cold(set.store());
        Map<String, Covariance> covariances = Map.of(
                "ci_fisher", Covariance.model(fit).orElseThrow(),
                "ci_sandwich", Covariance.sandwich(fit).orElseThrow());
        covariances.forEach((kind, covariance) -> {
            Inference inference = new Inference(fit.parameters(), covariance, 0.95);
            JsonNode truth = set.expected().get("fit").get(kind);
            assertIntervals(rewards(set, inference), truth.get("reward"), relative);
            assertIntervals(differences(set, inference), truth.get("difference"), relative);
            assertIntervals(rationalities(set, inference), truth.get("sigma"), relative);
            assertIntervals(margins(set, inference), truth.get("margin"), relative);
        });
    }

    @ParameterizedTest
    @CsvSource({"a_small, 1e-9", "d_near_collinear, 1e-5"})
    void theBiasIsTheTrueOne(String name, double relative) {
        VectorSet set = VectorSet.read(name);
        Fit fit = Fits.cold(set.store());
        BiasCorrection correction = BiasCorrection.at(fit).orElseThrow();
        Vector sum = correction.sum(set.store());
        double[] bias = VectorSet.vector(set.expected().get("bias_one_step")).toArray();
        Vector corrected = VectorSet.vector(set.expected().get("bias_corrected"));
        double tolerance = relative * Vector.of(bias).length();
        assertThat(correction.bias(sum).toArray()).containsExactly(bias, within(tolerance));
        assertThat(correction.corrected(sum).joint().toArray())
                .containsExactly(corrected.toArray(), within(relative * corrected.length()));
    }

    @Test
    void theInverseOfABlockIsNotTheBlockOfTheInverse() {
        VectorSet set = VectorSet.read("a_small");
        Fit fit = Fits.cold(set.store());
        Covariance block = Covariance.model(fit.information().block(0, set.d())).orElseThrow();
        Vector wrong = VectorSet.vector(set.expected().get("fit").get("wrong_block_inverse_se"));
        assertRelative(block.standardErrors(), wrong, 1e-9);
        Vector right = Covariance.model(fit).orElseThrow().standardErrors();
        assertThat(right.get(0)).isGreaterThan(1.3 * wrong.get(0));
    }

    private static List<Interval> rewards(VectorSet set, Inference inference) {
        return vectors(set.queries().get("actions")).stream()
                .map(inference::reward)
                .toList();
    }

    private static List<Interval> differences(VectorSet set, Inference inference) {
        List<Vector> actions = vectors(set.queries().get("actions"));
        return IntStream.range(0, 10)
                .mapToObj(i -> inference.difference(actions.get(pair(set, i, 0)), actions.get(pair(set, i, 1))))
                .toList();
    }

    private static List<Interval> rationalities(VectorSet set, Inference inference) {
        return IntStream.range(0, 10)
                .mapToObj(i -> inference.rationality(offset(set, i), context(set, i)))
                .toList();
    }

    private static List<Interval> margins(VectorSet set, Inference inference) {
        List<Vector> actions = vectors(set.queries().get("actions"));
        return IntStream.range(0, 10)
                .mapToObj(i -> inference.margin(new Comparison(
                        offset(set, i),
                        context(set, i),
                        actions.get(pair(set, i, 0)).minus(actions.get(pair(set, i, 1))),
                        1,
                        1)))
                .toList();
    }

    private static int pair(VectorSet set, int i, int side) {
        return set.queries().get("difference_pairs").get(i).get(side).asInt();
    }

    private static double offset(VectorSet set, int i) {
        return set.queries().get("contexts_psi0").get(i).asDouble();
    }

    private static Vector context(VectorSet set, int i) {
        return VectorSet.vector(set.queries().get("contexts_psi").get(i));
    }

    static List<Vector> vectors(JsonNode rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> VectorSet.vector(rows.get(i)))
                .toList();
    }

    private static void assertIntervals(List<Interval> actual, JsonNode truth, double relative) {
        assertThat(actual).hasSize(truth.get("estimate").size());
        for (int i = 0; i < actual.size(); i++) {
            Interval interval = actual.get(i);
            double lower = truth.get("lower").get(i).asDouble();
            double upper = truth.get("upper").get(i).asDouble();
            double tolerance = relative * (upper - lower);
            assertThat(interval.estimate())
                    .isCloseTo(truth.get("estimate").get(i).asDouble(), within(tolerance));
            assertThat(interval.lower()).isCloseTo(lower, within(tolerance));
            assertThat(interval.upper()).isCloseTo(upper, within(tolerance));
        }
    }

    private static double maximum(Vector vector) {
        return java.util.Arrays.stream(vector.toArray()).max().orElseThrow();
    }

    private static void assertRelative(Vector actual, Vector expected, double relative) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(relative * Math.abs(expected.get(i))));
        }
    }
}
