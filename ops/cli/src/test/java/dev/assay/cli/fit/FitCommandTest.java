package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitCommandTest {
    private static final Path SMALL = FitRun.vector("a_small.csv");

    @TempDir
    private Path folder;

    @Test
    void shuffledColumnsGiveTheSameBits() throws IOException {
        List<Integer> order = new ArrayList<>();
        Collections.addAll(order, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Collections.shuffle(order, new Random(7));
        Path shuffled = FitRewrite.rows(
                SMALL,
                folder.resolve("shuffled.csv"),
                fields -> order.stream().map(fields::get).toList());

        FitRun run = FitRun.json(shuffled);

        assertThat(run.timeless()).isEqualTo(FitRun.json(SMALL).timeless());
    }

    @Test
    void anIntegerWeightEqualsRepeatedRows() throws IOException {
        List<String> weighted = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        List<String> lines = Files.readAllLines(SMALL);
        weighted.add(lines.get(0) + ",w");
        repeated.add(lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
            int weight = i % 4; // 0 included: as if the row were not there
            weighted.add(lines.get(i) + "," + weight);
            repeated.addAll(Collections.nCopies(weight, lines.get(i)));
        }

        JsonNode byWeight = FitRun.json(Files.write(folder.resolve("weighted.csv"), weighted))
                .result();
        JsonNode byRows = FitRun.json(Files.write(folder.resolve("repeated.csv"), repeated))
                .result();

        assertThat(byWeight.get("weight")).isEqualTo(byRows.get("weight"));
        // The sums are taken in another order: last bits times the condition number 11.
        for (String key : List.of("theta", "gamma", "standardErrors", "sandwichDiagonal")) {
            assertClose(byWeight.get(key), byRows.get(key), 1e-10);
        }
    }

    @Test
    void withoutJsonATableShowsEveryParameter() {
        FitRun run = FitRun.of("--comparisons", SMALL.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("theta_1 +-1\\.54705 +0\\.224938 +-1\\.98792 +-1\\.10618 +-6\\.87766")
                .containsPattern("gamma_3 +-0\\.201791")
                .contains("converged after", "600", "-247.504 nats");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void withQueriesTheTableShowsIntervalsAndSelections() {
        FitRun run = FitRun.of(
                "--comparisons",
                SMALL.toString(),
                "--queries",
                FitRun.vector("a_small.queries.json").toString());

        assertThat(run.out())
                .containsPattern("action 0 +-1\\.60022")
                .contains(
                        "pair 9",
                        "context 9",
                        "best 16; pessimistic 16 at 1.000, 16 at 1.960, 16 at 3.000 standard errors");
    }

    @Test
    void theJsonFileHoldsWhatStandardOutputWould() throws IOException {
        Path file = folder.resolve("fit.json");

        FitRun run = FitRun.of("--comparisons", SMALL.toString(), "--json", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        FitRun written = new FitRun(0, Files.readString(file), "");
        assertThat(written.timeless()).isEqualTo(FitRun.json(SMALL).timeless());
    }

    @Test
    void theKeysOfTheJsonAreInAStableOrder() {
        JsonNode result = FitRun.json(SMALL).result();

        assertThat(((ObjectNode) result).fieldNames())
                .toIterable()
                .containsExactly(
                        "status",
                        "names",
                        "theta",
                        "gamma",
                        "standardErrors",
                        "covariance",
                        "level",
                        "quantile",
                        "logLikelihood",
                        "covarianceDiagonal",
                        "sandwichDiagonal",
                        "observedDiagonal",
                        "passes",
                        "seconds",
                        "diagnostics",
                        "judgments",
                        "weight",
                        "parameters",
                        "decrement");
    }

    @Test
    void dependentColumnsAreNamedAsInTheFile() throws IOException {
        Path doubled = FitRewrite.rows(SMALL, folder.resolve("doubled.csv"), fields -> {
            List<String> more = new ArrayList<>(fields);
            more.add(fields.get(0).equals("y") ? "z_6" : fields.get(6)); // z_2 again
            return more;
        });

        FitRun run = FitRun.json(doubled);

        FitRun without = FitRun.json(SMALL);
        assertThat(run.exitCode()).isZero();
        assertThat(run.result().get("status").asText()).isEqualTo("converged");
        for (int i = 0; i < 5; i++) {
            assertThat(run.result().get("theta").get(i).asDouble())
                    .isCloseTo(without.result().get("theta").get(i).asDouble(), within(1e-6));
        }
        assertThat(run.result().get("theta").get(5).isNull()).isTrue();
        assertThat(run.result().get("standardErrors").get(5).isNull()).isTrue();
        assertThat(run.result().get("diagnostics").get(0).get("name").asText()).isEqualTo("not-estimable");
        assertThat(run.result().get("diagnostics").get(0).get("message").asText())
                .startsWith("z_6: the judgments");
        assertThat(run.out()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void aContextThatRepeatsTheOffsetIsNamedAsInTheFile() throws IOException {
        Path constant = FitRewrite.rows(SMALL, folder.resolve("constant.csv"), fields -> {
            List<String> more = new ArrayList<>(fields);
            more.set(3, fields.get(0).equals("y") ? "psi_2" : "1");
            return more;
        });

        FitRun run = FitRun.of("--comparisons", constant.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("psi_2: the judgments do not tell it apart")
                .doesNotContain("NaN");
        assertThat(run.out()).containsPattern("gamma_2 +- +- +- +- +-\\s");
    }

    @Test
    void fewJudgmentsEndWithAStatus() throws IOException {
        List<String> lines = Files.readAllLines(SMALL);
        Path header = Files.write(folder.resolve("none.csv"), lines.subList(0, 1));
        Path three = Files.write(folder.resolve("three.csv"), lines.subList(0, 4));

        FitRun none = FitRun.json(header);
        FitRun few = FitRun.json(three);

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(few.exitCode()).isEqualTo(1);
        assertThat(few.result().get("judgments").asInt()).isEqualTo(3);
    }

    @Test
    void tooFewJudgmentsForSoManyParametersAreRemarkedOn() throws IOException {
        List<String> lines = Files.readAllLines(SMALL);
        Path sixty = Files.write(folder.resolve("sixty.csv"), lines.subList(0, 61));

        JsonNode result = FitRun.json(sixty).result();

        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertThat(result.get("diagnostics").findValuesAsText("name"))
                .contains("few-judgments-per-parameter")
                .doesNotHaveDuplicates();
    }

    @Test
    void theResultFileMustBeInAFolderThatExists() {
        Path file = folder.resolve("absent").resolve("fit.json");

        FitRun run = FitRun.of("--comparisons", SMALL.toString(), "--json", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--json", file.toString());
    }

    @Test
    void theHelpNamesUnitsAndFormat() {
        Said said = Said.assay("fit", "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("log-odds", "nats", "psi_1 ... psi_k", "z_1 ... z_d", "0.5 a tie");
    }

    @Test
    void wrongInputEndsTheWholeCommandWithTwo() {
        Said said =
                Said.assay("fit", "--comparisons", folder.resolve("absent.csv").toString());

        assertThat(said.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.err()).startsWith("assay: ").contains("absent.csv: no such file");
    }

    private static void assertClose(JsonNode actual, JsonNode expected, double relative) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).asDouble() / expected.get(i).asDouble() - 1)
                    .isBetween(-relative, relative);
        }
    }
}
