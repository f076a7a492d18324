package dev.assay.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Said;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ingest --dry-run} says of files; no broker. */
class IngestCommandTest {
    private static final String GOOD = """
            {"judgmentId":"j%d","annotatorId":"ann","promptId":"p","preference":"FIRST","responses":[\
            {"responseId":"a","features":[1,2]},{"responseId":"b","features":[0,%s]}]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeConfig() throws Exception {
        Files.writeString(folder.resolve("assay.yaml"), """
                kafka: {bootstrap.servers: "localhost:1"}
                features: {kind: vectors, dimension: 2}
                """);
    }

    @Test
    void aDryRunTellsWhatTheServiceWouldSayAndNeedsNoBroker() throws Exception {
        Path file = Files.writeString(
                folder.resolve("mixed.jsonl"),
                GOOD.formatted(1, "1")
                        + "this is no JSON\n"
                        + GOOD.formatted(2, "\"x\"")
                        + "\n"
                        + GOOD.formatted(3, "1e9")
                        + GOOD.formatted(4, "-1").strip());
        Said said = dryRun(file);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .contains("mixed.jsonl: neutral, as its first item shows")
                .contains("dry run: nothing was sent")
                .containsPattern("admitted +2\n")
                .containsPattern("refused +3\n")
                .containsPattern("NOT_UNDERSTOOD +2\n")
                .containsPattern("FEATURES_NOT_FINITE +1\n");
        assertThat(said.err())
                .contains("line 2: refused: NOT_UNDERSTOOD: not JSON")
                .contains(
                        "line 3: refused: NOT_UNDERSTOOD: responses[1].features[1] must be a finite number, was \"x\"")
                .contains("line 5: refused: FEATURES_NOT_FINITE: the difference of feature 1 must be within");
    }

    @Test
    void withoutRefusalsTheExitCodeIsZeroZippedToo() throws Exception {
        Path file = folder.resolve("good.jsonl.gz");
        try (GZIPOutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
            zipped.write(GOOD.formatted(1, "1").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(dryRun(file).exitCode()).isZero();
    }

    @Test
    void anArrayIsReadElementByElementUntilItBreaks() throws Exception {
        Path file = Files.writeString(
                folder.resolve("array.json"),
                "[" + GOOD.formatted(1, "1").strip() + ",\n"
                        + GOOD.formatted(2, "1").strip() + ",\n{\"judgmentId\":");
        Said said = dryRun(file);
        assertThat(said.out()).containsPattern("admitted +2\n");
        assertThat(said.err()).contains("item 3: refused: NOT_UNDERSTOOD: not JSON", "(line 3, ", "cannot be read");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void aFormatThatNobodyKnowsIsAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), "{\"left\": 1, \"right\": 2}\n");
        Said said = dryRun(file);
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .contains("the nearest format is votes", "by name (--format) are neutral, converted, label-studio");
    }

    @Test
    void theNeutralFolderStillIsRead() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("responses.jsonl"), """
                {"response_id": "r1", "prompt_id": "p1", "features": [0.5, -2]}
                {"response_id": "r2", "prompt_id": "p1", "features": [1, 1e-3]}
                """);
        Files.writeString(data.resolve("judgments.jsonl"), """
                {"judgment_id": "j1", "annotator_id": "a1", "context": {}, "prompt_id": "p1", "first": "r1", \
                "second": "r2", "preference": "TIE"}
                """);
        for (Path given : List.of(data, data.resolve("judgments.jsonl"))) {
            Said said = dryRun(given);
            assertThat(said.out()).contains("folder in the neutral format").containsPattern("admitted +1\n");
            assertThat(said.exitCode()).isZero();
        }
    }

    /** Issue 18. */
    @Test
    void aDryRunShowsRepeatsWhoWonAndWhatWasPassedOver() throws Exception {
        Path file = Files.writeString(
                folder.resolve("rows.jsonl"),
                GOOD.formatted(1, "1")
                        + GOOD.formatted(1, "1")
                        + GOOD.formatted(2, "1").replace("FIRST", "TIE"));
        Said said = dryRun(file);
        assertThat(said.out())
                .containsPattern("admitted +3, of which 1 repeats another row and counts once\n")
                .contains("first preferred 2, second preferred 0, ties 1\n", "prompts 1, annotators 1\n");
    }

    @Test
    void aQuotedPatternNamesTheFilesThatMatchIt() throws Exception {
        Files.writeString(folder.resolve("part-1.jsonl"), GOOD.formatted(1, "1"));
        Files.writeString(folder.resolve("part-2.jsonl"), GOOD.formatted(2, "1"));
        assertThat(dryRun(folder.resolve("part-*.jsonl")).out()).containsPattern("admitted +2\n");
        Said none = dryRun(folder.resolve("none-*.jsonl"));
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("FILE must name a file, none is called", "none-*.jsonl");
    }

    @Test
    void standardInputIsReadAsAFileIs() throws Exception {
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(("\uFEFF[" + GOOD.formatted(1, "1") + "]").getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(dryRun(Path.of("-")).out())
                    .contains("standard input: neutral, as its first item shows")
                    .containsPattern("admitted +1\n");
            Said resumed = dryRun(Path.of("-"), "--resume", folder.resolve("r").toString());
            assertThat(resumed.exitCode()).isEqualTo(2);
            assertThat(resumed.err()).contains("--resume and --reconcile are for files, FILE was - for standard input");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void anEncodingCanBeNamed() throws Exception {
        Path file = Files.write(
                folder.resolve("latin.jsonl"),
                GOOD.formatted(1, "1").replace("\"ann\"", "\"André\"").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(dryRun(file).err()).contains("line 1: refused: NOT_UNDERSTOOD: bytes that are no UTF-8");
        assertThat(dryRun(file, "--encoding", "latin1").exitCode()).isZero();
    }

    private Said dryRun(Path file, String... more) {
        List<String> args = new ArrayList<>(
                List.of("ingest", "-c", folder.resolve("assay.yaml").toString(), "--dry-run", file.toString()));
        args.addAll(List.of(more));
        return Said.assay(args.toArray(new String[0]));
    }
}
