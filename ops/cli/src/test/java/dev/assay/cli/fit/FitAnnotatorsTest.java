package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** a_small judged by twenty, of whom {@code a7} says the opposite of what he should. */
class FitAnnotatorsTest {
    private static final Path SMALL = FitRun.vector("a_small.csv");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(SMALL));
        lines.set(0, lines.get(0) + ",annotator");
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean first = Double.parseDouble(line.substring(0, line.indexOf(','))) == 1;
            int annotator = i % 20;
            String preference = first == (annotator == 7) ? "0" : "1";
            lines.set(i, preference + line.substring(line.indexOf(',')) + ",a" + annotator);
        }
        file = Files.write(folder.resolve("twenty.csv"), lines);
    }

    @Test
    void whoJudgesAgainstTheOthersComesFirstAndIsFlagged() {
        JsonNode report = FitRun.of("--comparisons", file.toString(), "--annotators", "--json", "-")
                .result()
                .get("annotators");

        JsonNode first = report.get("annotators").get(0);
        assertThat(report.get("annotators")).hasSize(20);
        assertThat(report.get("negative").asInt()).isEqualTo(1);
        assertThat(first.get("annotator").asText()).isEqualTo("a7");
        assertThat(first.get("judgments").asInt()).isEqualTo(30);
        assertThat(first.get("negative").asBoolean()).isTrue();
        assertThat(first.get("multiplier").asDouble()).isNegative();
    }

    @Test
    void theTableSaysSoInWords() {
        FitRun run = FitRun.of("--comparisons", file.toString(), "--annotators");

        assertThat(run.out())
                .containsPattern("a7 +30 .*judges against the others")
                .contains("of 20 flagged as less rational than the others, 1 as judging against them");
    }

    @Test
    void nobodyIsReportedUnasked() {
        JsonNode result =
                FitRun.of("--comparisons", file.toString(), "--json", "-").result();

        assertThat(result.has("annotators")).isFalse();
    }

    @Test
    void withoutAnnotatorsThereIsNothingToReport() {
        FitRun run = FitRun.of("--comparisons", SMALL.toString(), "--annotators");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--annotators needs judgments that say who made them, there are none");
    }
}
