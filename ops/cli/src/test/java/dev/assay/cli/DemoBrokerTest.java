package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README's first command, as typed, on a real broker. */
@Tag("broker")
class DemoBrokerTest {
    private static final Path ARGUMENTS = Path.of("..", "..", "..", "shared", "data", "arguments");

    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void theSimulatedCampaignIsStreamedLearntAndScored() throws Exception {
        JsonNode report = demo();
        assertThat(report.at("/judgments/admitted").asLong()).isGreaterThan(15_000);
        assertThat(report.at("/judgments/refused").asLong()).isZero();
        assertThat(report.at("/shards").asInt()).isEqualTo(4);
        assertThat(report.at("/streamedVersusOfflineStandardErrors").asDouble()).isLessThan(1e-6);
        assertThat(report.at("/degreesOfFreedom").asInt()).isEqualTo(4);
        // Four effects at once: beyond four standard errors of the truth is one campaign in four thousand.
        assertThat(report.at("/rationality"))
                .hasSize(4)
                .allSatisfy(effect -> assertThat(effect.get("estimate").asDouble())
                        .isCloseTo(
                                effect.get("truth").asDouble(),
                                within(4 * effect.get("standardError").asDouble())));
        assertThat(report.at("/heldOut/heterogeneous/logLoss").asDouble())
                .isLessThan(report.at("/heldOut/bradleyTerry/logLoss").asDouble());
        assertThat(report.at("/bestOfN")).hasSize(3).allSatisfy(DemoBrokerTest::choicesAreTheHighest);
        assertThat(printed.toString()).contains("within", "standard errors of an offline fit");
    }

    @Test
    void realJudgmentsGiveTheFiguresOfAnIndependentRun() throws Exception {
        boolean present = Files.isDirectory(ARGUMENTS);
        if (!present) {
            System.err.println("SKIPPED: " + ARGUMENTS + " is not here, so the demo on real judgments was not tested");
        }
        org.junit.jupiter.api.Assumptions.assumeTrue(present);
        JsonNode report = demo("--data", ARGUMENTS.toString());
        assertThat(report.at("/judgments/refused").asLong()).isZero();
        assertThat(report.at("/judgments/admitted").asLong()).isBetween(44_000L, 46_500L);
        assertThat(report.at("/streamedVersusOfflineStandardErrors").asDouble()).isLessThan(1e-6);
        assertThat(report.at("/likelihoodRatio").asDouble()).isBetween(50.0, 100.0);
        assertThat(report.at("/degreesOfFreedom").asInt()).isEqualTo(5);
        assertThat(report.at("/heldOut/heterogeneous/accuracy").asDouble())
                .isGreaterThan(0.71)
                .isGreaterThan(report.at("/heldOut/longer/accuracy").asDouble());
        assertThat(report.at("/bestOfN")).hasSize(3).allSatisfy(DemoBrokerTest::choicesAreTheHighest);
    }

    /** From the candidates' own numbers: the highest reward, and the highest lower bound. */
    private static void choicesAreTheHighest(JsonNode choice) {
        String best = "";
        String pessimistic = "";
        double reward = Double.NEGATIVE_INFINITY;
        double lower = Double.NEGATIVE_INFINITY;
        for (JsonNode candidate : choice.get("candidates")) {
            assertThat(candidate.get("standardError").asDouble()).isPositive();
            if (candidate.get("reward").asDouble() > reward) {
                reward = candidate.get("reward").asDouble();
                best = candidate.get("id").asText();
            }
            if (candidate.get("lower").asDouble() > lower) {
                lower = candidate.get("lower").asDouble();
                pessimistic = candidate.get("id").asText();
            }
        }
        assertThat(choice.get("best").asText()).isEqualTo(best);
        assertThat(choice.get("pessimistic").asText()).isEqualTo(pessimistic);
    }

    private JsonNode demo(String... more) throws Exception {
        Path json = folder.resolve("report.json");
        CommandLine assay = Assay.commandLine();
        assay.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
        String[] args = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("demo", "--once", "--json", json.toString()),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertThat(assay.execute(args)).as(printed.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
