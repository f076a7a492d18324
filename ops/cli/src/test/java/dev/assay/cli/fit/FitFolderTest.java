package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** a_small as a folder: response {@code r1} has the features z of line 1, {@code none} has zeros. */
class FitFolderTest {
    private static final String CONFIG = """
            kafka: {bootstrap.servers: "localhost:1"}
            features: {kind: vectors, dimension: 5}
            context:
              attributes:
                - {name: psi_1, kind: numeric}
                - {name: psi_2, kind: numeric}
                - {name: psi_3, kind: numeric}
            """;

    @TempDir
    private Path folder;

    private final List<String> judgments = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        List<String> responses = new ArrayList<>();
        responses.add("{\"response_id\": \"none\", \"prompt_id\": \"p\", \"features\": [0, 0, 0, 0, 0]}");
        List<String> lines = Files.readAllLines(FitRun.vector("a_small.csv"));
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",");
            String features = String.join(", ", List.of(fields).subList(5, 10));
            responses.add(
                    "{\"response_id\": \"r%d\", \"prompt_id\": \"p\", \"features\": [%s]}".formatted(i, features));
            judgments.add("""
                    {"judgment_id": "j%d", "annotator_id": "a%d", "prompt_id": "p", "first": "r%d", "second": "none", \
                    "preference": "%s", "context": {"psi_1": %s, "psi_2": %s, "psi_3": %s}}""".formatted(
                            i,
                            i % 70,
                            i,
                            Double.parseDouble(fields[0]) == 1 ? "FIRST" : "SECOND",
                            fields[2],
                            fields[3],
                            fields[4]));
        }
        Files.write(folder.resolve("responses.jsonl"), responses);
        Files.write(folder.resolve("judgments.jsonl"), judgments);
        Files.writeString(folder.resolve("assay.yaml"), CONFIG);
    }

    @Test
    void aFolderGivesWhatItsComparisonsGive() {
        JsonNode result = configured().result();

        JsonNode truth = FitRun.expected("a_small").get("fit");
        assertThat(result.get("status").asText()).isEqualTo("converged");
        assertThat(result.get("names"))
                .extracting(JsonNode::asText)
                .containsExactly("x_1", "x_2", "x_3", "x_4", "x_5", "psi_1", "psi_2", "psi_3");
        for (int i = 0; i < 5; i++) { // six decimals as float32
            assertThat(result.get("theta").get(i).asDouble())
                    .isCloseTo(truth.get("theta").get(i).asDouble(), within(1e-5));
        }
    }

    @Test
    void annotatorsAreClusters() {
        JsonNode result = configured("--covariance", "auto").result();

        assertThat(result.get("covariance").asText()).isEqualTo("clustered");
        assertThat(result.get("covarianceReason").asText()).startsWith("70 annotators");
    }

    @Test
    void withoutAConfigVectorsAreTakenAndOnlyKnownAttributes() {
        JsonNode result = run().result();

        assertThat(result.get("theta")).hasSize(5);
        assertThat(result.get("gamma")).isEmpty();
    }

    @Test
    void theLastOfTwoJudgmentsWithOneIdStands() throws IOException {
        List<String> twice = new ArrayList<>(judgments);
        twice.add(0, judgments.get(0).replace("FIRST", "TIE").replace("SECOND", "TIE"));
        Files.write(folder.resolve("judgments.jsonl"), twice);

        JsonNode result = configured().result();

        assertThat(result.get("judgments").asInt()).isEqualTo(600);
        assertThat(result.get("logLikelihood").asDouble()).isCloseTo(-247.504444, within(1e-4));
    }

    @Test
    void refusedJudgmentsAreCountedByReason() throws IOException {
        judgments.set(3, judgments.get(3).replace("\"second\": \"none\"", "\"second\": \"r4\""));
        judgments.set(5, judgments.get(5).replace("\"second\": \"none\"", "\"second\": \"r6\""));
        Files.write(folder.resolve("judgments.jsonl"), judgments);

        JsonNode result = configured().result();

        assertThat(configured().exitCode()).isEqualTo(1);
        assertThat(result.get("judgments").asInt()).isEqualTo(598);
        JsonNode found = result.get("diagnostics").get(0);
        assertThat(found.get("name").asText()).isEqualTo("refused");
        assertThat(found.get("value").asInt()).isEqualTo(2);
        assertThat(found.get("message").asText()).contains("IDENTICAL_RESPONSES", "judgment j4");
    }

    @Test
    void aLineThatCannotBeReadIsToldAsAnIngestTellsIt() throws IOException {
        Files.writeString(folder.resolve("judgments.jsonl"), "{\"judgment_id\": 7.5}\n");

        FitRun run = configured();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "judgments.jsonl line 1: refused: NOT_UNDERSTOOD: judgment_id must be a string that is not blank, or"
                                + " a whole number, was 7.5");
    }

    @Test
    void filesThatAnIngestReadsAreFittedAndWhatIsRefusedStopsNothingElse() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add("{\"prompt\": \"p%d\", \"chosen\": \"%s\", \"rejected\": \"%s\"}"
                    .formatted(
                            i,
                            "good w" + i * i + " more".repeat(1 + i % 7),
                            "bad v" + i % 13 + " less".repeat(1 + i % 5)));
        }
        rows.set(7, "{\"prompt\": \"p7\", \"chosen\": 7, \"rejected\": \"x\"}");
        Path lines = Files.write(folder.resolve("rows.jsonl"), rows.subList(0, 30));
        Path array =
                Files.writeString(folder.resolve("rows.json"), "[" + String.join(",\n", rows.subList(30, 60)) + "]");

        FitRun run = FitRun.of("--judgments", lines.toString(), array.toString(), "--ridge", "1", "--json", "-");

        assertThat(run.result().get("judgments").asInt()).isEqualTo(59);
        assertThat(run.result().get("diagnostics").toString()).contains("1 item refused, NOT_UNDERSTOOD");
        assertThat(run.err()).contains("rows.jsonl line 8", "chosen must be a string or a list of messages, was 7");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsToBeFittedMustBeThere() {
        FitRun run = FitRun.of("--judgments", folder.resolve("absent").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("absent");
    }

    @Test
    void thePositionBiasIsOneMoreParameter() throws IOException {
        List<String> shown = new ArrayList<>();
        int favoured = 0;
        for (int i = 0; i < judgments.size(); i++) {
            String judgment = judgments.get(i);
            boolean firstPreferred = judgment.contains("\"FIRST\"");
            boolean preferredShownFirst = i % 4 != 0; // three times in four
            favoured += preferredShownFirst ? 1 : 0;
            String first = firstPreferred == preferredShownFirst ? "FIRST" : "SECOND";
            shown.add(judgment.replace("\"context\"", "\"shown_first\": \"" + first + "\", \"context\""));
        }
        Files.write(folder.resolve("judgments.jsonl"), shown);

        JsonNode result = run(
                        "--position", "--config", folder.resolve("assay.yaml").toString())
                .result();

        assertThat(favoured).isEqualTo(450);
        assertThat(result.get("names").get(5).asText()).isEqualTo("shown_first");
        double bias = result.get("theta").get(5).asDouble();
        double error = result.get("standardErrors").get(5).asDouble();
        assertThat(bias / error).isGreaterThan(5); // (450 − 150) / √600 = 12 would be the sign test's
    }

    @Test
    void aPositionBiasThatNoJudgmentTellsIsRefused() {
        FitRun run = configured("--position");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--position needs judgments with shown_first, none of 600 has it");
    }

    private FitRun configured(String... options) {
        List<String> all =
                new ArrayList<>(List.of("--config", folder.resolve("assay.yaml").toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private FitRun run(String... options) {
        List<String> all = new ArrayList<>(List.of("--judgments", folder.toString(), "--json", "-"));
        all.addAll(List.of(options));
        return FitRun.of(all.toArray(String[]::new));
    }
}
