package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answers of an 80-bit solver, through the command. The tolerances are what float64 gives here with a factor of 10 to
 * 100 to spare: condition number 11 for a_small, 4e6 for d_near_collinear.
 */
class FitVectorsTest {
    private static final double QUANTILE = 1.959963984540054;

    @ParameterizedTest
    @CsvSource({"a_small, 1e-8, 1e-8", "d_near_collinear, 1e-8, 1e-8"})
    void theEstimateIsTheVectors(String name, double standardErrors, double relative) {
        JsonNode truth = FitRun.expected(name).get("fit");

        FitRun run = fit(name);

        JsonNode result = run.result();
        assertThat(run.exitCode()).isZero();
        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertThat(result.get("diagnostics")).isEmpty();
        assertClose(joint(result), joint(truth), scaled(numbers(truth.get("se")), standardErrors));
        assertRelative(result.get("standardErrors"), truth.get("se"), relative);
        assertRelative(result.get("covarianceDiagonal"), truth.get("cov_diag"), 2 * relative);
        assertRelative(result.get("sandwichDiagonal"), truth.get("sandwich_diag"), 2 * relative);
        assertRelative(result.get("observedDiagonal"), truth.get("observed_diag"), 2 * relative);
        double logLikelihood = truth.get("loglik").asDouble();
        assertThat(result.get("logLikelihood").asDouble())
                .isCloseTo(logLikelihood, within(1e-12 * Math.abs(logLikelihood)));
    }

    @ParameterizedTest
    @CsvSource({
        "a_small, model, ci_fisher, 1e-8",
        "a_small, sandwich, ci_sandwich, 1e-8",
        "d_near_collinear, model, ci_fisher, 1e-8",
        "d_near_collinear, sandwich, ci_sandwich, 1e-8"
    })
    void everyIntervalIsTheVectors(String name, String covariance, String key, double standardErrors) {
        JsonNode truth = FitRun.expected(name).get("fit").get(key);

        JsonNode answers = fit(name, "--covariance", covariance).result();

        assertIntervals(answers.get("reward"), truth.get("reward"), standardErrors);
        assertIntervals(answers.get("difference"), truth.get("difference"), standardErrors);
        assertIntervals(answers.get("rationality"), truth.get("sigma"), standardErrors);
        assertIntervals(answers.get("margin"), truth.get("margin"), standardErrors);
    }

    @ParameterizedTest
    @CsvSource({"a_small", "d_near_collinear"})
    void everySelectionIsTheVectors(String name) {
        JsonNode truth = FitRun.expected(name).get("fit");

        JsonNode answers = fit(name).result();

        assertThat(answers.get("bestOfN")).isEqualTo(truth.get("bon"));
        assertThat(answers.get("pessimisticBestOfN")).isEqualTo(truth.get("pbon"));
        assertThat(answers.get("selection").get("bestOfN"))
                .isEqualTo(truth.get("selection").get("bon"));
        assertThat(answers.get("selection").get("pessimistic"))
                .isEqualTo(truth.get("selection").get("pbon"));
    }

    @ParameterizedTest
    @CsvSource({"a_small", "d_near_collinear", "f_separable"})
    void theLikelihoodAtTheTestPointIsTheVectors(String name) {
        JsonNode truth = FitRun.expected(name).get("at_test_point");

        JsonNode answer = fit(name).result().get("testPoint");

        // Sums of at most 2000 terms: 1e-12 leaves room for cancellation in the gradient.
        assertThat(answer.get("meanLogLoss").asDouble())
                .isCloseTo(truth.get("mean_nll").asDouble(), within(1e-13));
        assertRelative(answer.get("gradient"), truth.get("grad"), 1e-12);
        assertRelative(answer.get("fisherDiagonal"), truth.get("fisher_diag"), 1e-12);
    }

    @Test
    void separatedJudgmentsHaveNoEstimateAndNoNaN() {
        FitRun run = fit("f_separable");

        JsonNode result = run.result();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(result.get("status").asText()).isEqualTo("separated");
        assertThat(result.get("diagnostics").get(0).get("name").asText()).isEqualTo("separated");
        for (String key : List.of(
                "theta",
                "gamma",
                "standardErrors",
                "logLikelihood",
                "covarianceDiagonal",
                "sandwichDiagonal",
                "observedDiagonal",
                "reward",
                "margin",
                "bestOfN",
                "pessimisticBestOfN",
                "selection")) {
            assertThat(result.get(key).isNull()).as(key).isTrue();
        }
        assertThat(run.out()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(run.err()).contains("fit separated");
    }

    @Test
    void aRidgeGivesSeparatedJudgmentsTheEstimateOfTheVectors() {
        JsonNode truth = FitRun.expected("f_separable").get("ridge_fit");

        JsonNode result = fit("f_separable", "--ridge", "0.001").result();
        JsonNode sandwich = fit("f_separable", "--ridge", "0.001", "--covariance", "sandwich")
                .result();

        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertClose(joint(result), joint(truth), scaled(numbers(truth.get("se")), 1e-8));
        assertRelative(result.get("covarianceDiagonal"), truth.get("cov_diag"), 1e-8);
        assertRelative(result.get("sandwichDiagonal"), truth.get("sandwich_diag"), 1e-8);
        assertRelative(result.get("observedDiagonal"), truth.get("observed_diag"), 1e-8);
        assertThat(result.get("logLikelihood").asDouble() / truth.get("loglik").asDouble())
                .isCloseTo(1, within(1e-12));
        assertIntervals(result.get("reward"), truth.get("ci_fisher").get("reward"), 1e-8);
        assertIntervals(result.get("margin"), truth.get("ci_fisher").get("margin"), 1e-8);
        assertIntervals(sandwich.get("reward"), truth.get("ci_sandwich").get("reward"), 1e-8);
        assertIntervals(sandwich.get("margin"), truth.get("ci_sandwich").get("margin"), 1e-8);
        assertThat(result.get("selection").get("pessimistic"))
                .isEqualTo(truth.get("selection").get("pbon"));
    }

    @Test
    void aFileWithoutContextsIsPlainBradleyTerry(@TempDir Path folder) throws IOException {
        JsonNode truth = FitRun.expected("a_small").get("plain_btl");
        Path file = FitRewrite.columns(
                FitRun.vector("a_small.csv"), folder.resolve("k0.csv"), name -> !name.startsWith("psi_"));

        JsonNode result = FitRun.json(file).result();

        assertThat(result.get("gamma")).isEmpty();
        assertClose(numbers(result.get("theta")), numbers(truth.get("theta")), scaled(numbers(truth.get("se")), 1e-8));
        assertRelative(result.get("standardErrors"), truth.get("se"), 1e-8);
    }

    private static FitRun fit(String name, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--comparisons",
                FitRun.vector(name + ".csv").toString(),
                "--queries",
                FitRun.vector(name + ".queries.json").toString(),
                "--json",
                "-"));
        all.addAll(List.of(options));
        return FitRun.of(all.toArray(String[]::new));
    }

    private static List<Double> joint(JsonNode estimate) {
        List<Double> joint = numbers(estimate.get("theta"));
        joint.addAll(numbers(estimate.get("gamma")));
        return joint;
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }

    private static List<Double> scaled(List<Double> numbers, double factor) {
        return numbers.stream().map(number -> factor * Math.abs(number)).toList();
    }

    private static void assertRelative(JsonNode actual, JsonNode expected, double relative) {
        assertClose(numbers(actual), numbers(expected), scaled(numbers(expected), relative));
    }

    private static void assertClose(List<Double> actual, List<Double> expected, List<Double> tolerances) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).as("entry %s", i).isCloseTo(expected.get(i), within(tolerances.get(i)));
        }
    }

    private static void assertIntervals(JsonNode actual, JsonNode expected, double standardErrors) {
        List<Double> errors = numbers(expected.get("upper"));
        for (int i = 0; i < errors.size(); i++) {
            errors.set(i, (errors.get(i) - expected.get("lower").get(i).asDouble()) / 2 / QUANTILE);
        }
        for (String bound : List.of("estimate", "lower", "upper")) {
            assertClose(numbers(actual.get(bound)), numbers(expected.get(bound)), scaled(errors, standardErrors));
        }
        assertClose(numbers(actual.get("standardError")), errors, scaled(errors, standardErrors));
    }
}
