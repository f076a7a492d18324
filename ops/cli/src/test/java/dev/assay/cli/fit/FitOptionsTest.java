package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitOptionsTest {
    private static final Path SMALL = FitRun.vector("a_small.csv");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --method foo          | must be one of alternating-gradient, alternating, newton, lbfgs, was foo
            --covariance HC1      | must be one of model, observed, sandwich, clustered, auto, was HC1
            --level 1             | --level must be above 0 and at most 1 - 1e-12, was 1.0
            --level NaN           | --level must be above 0 and at most 1 - 1e-12, was NaN
            --ridge -0.1          | --ridge must be at least 0 and finite, was -0.1
            --ridge Infinity      | --ridge must be at least 0 and finite, was Infinity
            --threads 0           | --threads must be 1 to 256, was 0
            --max-rounds 1        | --max-rounds must be at least 2, was 1
            --tolerance 0         | --tolerance must be above 0 and finite, was 0.0
            --start everywhere    | must be moments, zeros, uniform or uniform:SEED with a whole number, was everywhere
            --start uniform:1.5   | was uniform:1.5
            --step-sizes 1,1      | --step-sizes and --iterations must be given together or not at all
            --iterations 10       | --step-sizes and --iterations must be given together or not at all
            --step-sizes 1,1 --iterations 10 | --step-sizes are for --method alternating-gradient, was alternating
            --method alternating-gradient --step-sizes 1 --iterations 10 | --step-sizes must be 2 numbers, ETA1,ETA2
            --method alternating-gradient --step-sizes 1,0 --iterations 10 | above 0 and at most 1e6, was 0.0
            --method alternating-gradient --step-sizes 1,1 --iterations 0 | --iterations must be 1 to 100000000, was 0
            --config assay.yaml   | --config is for --judgments, which was not given
            --judgments folder    | mutually exclusive
            """)
    void aWrongOptionIsRefusedByNameBoundAndValue(String options, String problem) {
        FitRun run = run(options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void oneOfFileAndFolderMustBeGiven() {
        FitRun run = FitRun.of("--json", "-");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--comparisons=FILE.csv", "--judgments=FILE");
    }

    @ParameterizedTest
    @CsvSource({
        "--start, moments",
        "--start, zeros",
        "--start, uniform",
        "--start, uniform:7",
        "--method, alternating-gradient",
        "--method, alternating",
        "--method, newton",
        "--method, lbfgs"
    })
    void everyStartAndEveryMethodEndsAtTheMaximum(String option, String value) {
        JsonNode result = run(option, value).result();

        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertSmall(result, 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alternating-gradient", "alternating", "newton", "lbfgs"})
    void everyMethodSaysThatJudgmentsAreSeparated(String method) {
        String separable = FitRun.vector("f_separable.csv").toString();

        FitRun run = FitRun.of("--comparisons", separable, "--method", method, "--json", "-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.result().get("status").asText()).isEqualTo("separated");
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        FitRun one = run("--threads", "1");
        FitRun three = run("--threads", "3");

        assertThat(three.timeless()).isEqualTo(one.timeless());
    }

    @Test
    void aSecondStartThatAgreesSaysSo() {
        JsonNode result = run("--second-start").result();

        assertThat(result.get("diagnostics").findValuesAsText("name")).containsExactly("second-start-agrees");
        assertSmall(result, 1e-8);
    }

    @Test
    void theStepsOfThePaperEndAtTheMaximumIfThereAreEnough() {
        JsonNode result = run("--method alternating-gradient --step-sizes 5,2 --iterations 400 --tolerance 1e-6"
                        .split(" "))
                .result();

        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertThat(result.get("passes").asInt()).isEqualTo(802); // two an iteration, the start and the end
        assertSmall(result, 1e-6);
    }

    @Test
    void stepsThatAreTooLongEndWithARemark() {
        FitRun run = run("--method alternating-gradient --step-sizes 20,10 --iterations 50".split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.result().get("status").asText()).isEqualTo("notConverged");
        assertThat(run.result().get("diagnostics").findValuesAsText("name")).contains("rising-loss");
        assertThat(run.out()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void aFitOutOfRoundsSaysSo() {
        FitRun run = run("--max-rounds", "3");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.result().get("status").asText()).isEqualTo("notConverged");
        assertThat(run.result().get("passes").asInt()).isEqualTo(3);
    }

    @Test
    void aLooserToleranceTakesNoMorePasses() {
        JsonNode loose = run("--tolerance", "0.01").result();

        assertThat(loose.get("passes").asInt())
                .isLessThanOrEqualTo(run().result().get("passes").asInt());
        assertSmall(loose, 0.01);
    }

    @Test
    void theLevelMayBeGivenInsteadOfTheQueries() {
        String queries = FitRun.vector("a_small.queries.json").toString();

        JsonNode result = run("--queries", queries, "--level", "0.5").result();

        assertThat(result.get("level").asDouble()).isEqualTo(0.5);
        assertThat(result.get("quantile").asDouble()).isCloseTo(0.6744897501960817, within(1e-12));
        assertThat(((ObjectNode) result.get("pessimisticBestOfN")).fieldNames())
                .toIterable()
                .containsExactly(result.get("quantile").asText(), "1.0", "3.0");
    }

    private static FitRun run(String... options) {
        List<String> all = new ArrayList<>(List.of("--comparisons", SMALL.toString(), "--json", "-"));
        all.addAll(List.of(options));
        return FitRun.of(all.toArray(String[]::new));
    }

    /** Largest distance of a parameter from the vectors, in standard errors. */
    private static void assertSmall(JsonNode result, double standardErrors) {
        JsonNode truth = FitRun.expected("a_small").get("fit");
        int d = truth.get("theta").size();
        for (int i = 0; i < truth.get("se").size(); i++) {
            String key = i < d ? "theta" : "gamma";
            int at = i < d ? i : i - d;
            assertThat(result.get(key).get(at).asDouble())
                    .isCloseTo(
                            truth.get(key).get(at).asDouble(),
                            within(standardErrors * truth.get("se").get(i).asDouble()));
        }
    }
}
