package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What intervals rest on, and what annotators have to do with it. a_small: n = 600, p = 8. */
class FitCovarianceTest {
    private static final Path SMALL = FitRun.vector("a_small.csv");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"model, cov_diag", "observed, observed_diag", "sandwich, sandwich_diag"})
    void standardErrorsAreRootsOfTheDiagonalAskedFor(String covariance, String truth) {
        JsonNode result = fit(SMALL, "--covariance", covariance);

        assertThat(result.get("covariance").asText()).isEqualTo(covariance);
        assertSquared(
                result.get("standardErrors"),
                FitRun.expected("a_small").get("fit").get(truth),
                1);
    }

    @Test
    void oneJudgmentAnAnnotatorIsTheSandwichWithItsCorrection() throws IOException {
        Path file = withAnnotators(row -> "a" + row);

        JsonNode result = fit(file, "--covariance", "clustered");

        JsonNode sandwich = FitRun.expected("a_small").get("fit").get("sandwich_diag");
        assertSquared(result.get("standardErrors"), sandwich, 600.0 / 592);
        assertThat(result.get("quantile").asDouble()).isCloseTo(1.963979, within(1e-6)); // Student's t, 592 degrees
    }

    @Test
    void whoJudgedChangesTheClusteredCovarianceAlone() throws IOException {
        Path file = withAnnotators(row -> row % 5 == 0 ? "" : "a" + row % 60);

        JsonNode clustered = fit(file, "--covariance", "clustered");
        JsonNode unknown = fit(SMALL, "--covariance", "clustered");

        assertThat(clustered.get("standardErrors")).isNotEqualTo(unknown.get("standardErrors"));
        for (String key : List.of("theta", "gamma", "covarianceDiagonal", "observedDiagonal")) {
            assertThat(clustered.get(key)).as(key).isEqualTo(unknown.get(key));
        }
        JsonNode sandwich = FitRun.expected("a_small").get("fit").get("sandwich_diag");
        for (int i = 0; i < sandwich.size(); i++) {
            assertThat(clustered.get("sandwichDiagonal").get(i).asDouble()
                            / sandwich.get(i).asDouble())
                    .isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void anAutomaticChoiceSaysWhy() throws IOException {
        Path file = withAnnotators(row -> "a" + row % 100);

        JsonNode few = fit(SMALL, "--covariance", "auto");
        JsonNode many = fit(file, "--covariance", "auto");

        assertThat(few.get("covariance").asText()).isEqualTo("robust");
        assertThat(few.get("covarianceReason").asText()).contains("75.0 judgments a parameter");
        assertThat(many.get("covariance").asText()).isEqualTo("clustered");
        assertThat(many.get("covarianceReason").asText()).contains("100 annotators");
    }

    @Test
    void fewAnnotatorsAndFewJudgmentsHaveTheIntervalsOfUnknownAnnotators() throws IOException {
        JsonNode known = fit(withAnnotators(row -> "a" + row % 10), "--covariance", "auto");
        JsonNode unknown = fit(SMALL, "--covariance", "auto");

        assertThat(known.get("covariance").asText()).isEqualTo("robust");
        assertThat(known.get("covarianceReason").asText()).contains("10 annotators are too few");
        for (int i = 0; i < 8; i++) {
            double ratio = known.get("standardErrors").get(i).asDouble()
                    / unknown.get("standardErrors").get(i).asDouble();
            assertThat(ratio).isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void aClusteredCovarianceOfTooFewAnnotatorsIsRemarkedOn() throws IOException {
        JsonNode few = fit(withAnnotators(row -> "a" + row % 8), "--covariance", "clustered");
        JsonNode one = fit(withAnnotators(row -> "a"), "--covariance", "clustered");

        assertThat(few.get("diagnostics").findValuesAsText("name")).contains("few-clusters");
        assertThat(one.get("standardErrors").isNull()).isTrue();
        assertThat(one.get("diagnostics").findValuesAsText("name")).contains("no-covariance");
    }

    private Path withAnnotators(IntFunction<String> annotator) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(SMALL));
        lines.set(0, "annotator," + lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
            lines.set(i, annotator.apply(i) + "," + lines.get(i));
        }
        return Files.write(folder.resolve("annotators.csv"), lines);
    }

    private static JsonNode fit(Path file, String... options) {
        List<String> all = new ArrayList<>(List.of("--comparisons", file.toString(), "--json", "-"));
        all.addAll(List.of(options));
        return FitRun.of(all.toArray(String[]::new)).result();
    }

    private static void assertSquared(JsonNode errors, JsonNode variances, double factor) {
        assertThat(errors).hasSameSizeAs(variances);
        for (int i = 0; i < errors.size(); i++) {
            double error = errors.get(i).asDouble();
            assertThat(error * error / (factor * variances.get(i).asDouble())).isCloseTo(1, within(1e-8));
        }
    }
}
