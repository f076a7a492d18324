package dev.assay.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code convert} says and writes; no broker. */
class ConvertCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeRows() throws Exception {
        Files.writeString(folder.resolve("in.jsonl"), """
                {"prompt": "Name a colour.", "chosen": "Blue.", "rejected": "None."}
                {"prompt": "Name a fruit.", "chosen": "A pear.", "rejected": "None."}
                """);
    }

    @Test
    void theNameOfTheLastFileSaysWhatIsWritten() throws Exception {
        assertThat(convert("in.jsonl", "out.csv").exitCode()).isZero();
        assertThat(convert("in.jsonl", "out.tsv").exitCode()).isZero();
        assertThat(convert("in.jsonl", "out.jsonl").exitCode()).isZero();
        assertThat(convert("in.jsonl", "out").out()).contains("4 responses").containsPattern("admitted +2\n");

        assertThat(Files.readString(folder.resolve("out.csv"))).startsWith("prompt,chosen,rejected,tie,");
        assertThat(Files.readString(folder.resolve("out.tsv"))).startsWith("prompt\tchosen\trejected\ttie\t");
        assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("out/judgments.jsonl"))).hasSize(2);
        assertThat(convert("out", "out.jsonl", "back.jsonl").out())
                .containsPattern("admitted +4, of which 2 repeat another row and count once\n");
    }

    @Test
    void refusedRowsAreToldAndTheRestIsWritten() throws Exception {
        Files.writeString(folder.resolve("bad.jsonl"), "{\"prompt\": \"p\", \"chosen\": 7, \"rejected\": \"x\"}\n");

        Said said = convert("--format", "trl", "in.jsonl", "bad.jsonl", "out.csv");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("bad.jsonl line 1", "chosen must be a string or a list of messages, was 7");
        assertThat(said.out()).contains("2 rows written to");
    }

    @Test
    void nothingIsOverwrittenUnlessForced() throws Exception {
        convert("in.jsonl", "out.csv");
        Said again = convert("in.jsonl", "out.csv");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("OUT must be new, or --force given");
        assertThat(convert("--force", "in.jsonl", "out.csv").exitCode()).isZero();
        assertThat(convert("--force", "in.jsonl", "in.jsonl").err()).contains("OUT must be another than IN");
    }

    @Test
    void aNameThatDoesNotSayNeedsTo() throws Exception {
        assertThat(convert("in.jsonl", "out.txt").err()).contains("OUT must end in .jsonl, .csv or .tsv");
        assertThat(convert("--to", "parquet", "in.jsonl", "out.txt").err())
                .contains("must be neutral, trl or csv, was parquet");
        assertThat(convert("--to", "trl", "in.jsonl", "out.txt").exitCode()).isZero();
    }

    /** Names of files are those in the folder. */
    private Said convert(String... arguments) {
        String[] absolute = Arrays.stream(arguments)
                .map(one -> one.contains(".") || one.equals("out")
                        ? folder.resolve(one).toString()
                        : one)
                .toArray(String[]::new);
        String[] all = new String[absolute.length + 1];
        all[0] = "convert";
        System.arraycopy(absolute, 0, all, 1, absolute.length);
        return Said.assay(all);
    }
}
