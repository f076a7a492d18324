package dev.assay.service.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.topics.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of cells: whatever delimits them, each row is an object of texts by column. Issue 18. */
class TablesTest {
    private static final Path FILES = Path.of("src/test/resources/files");

    @TempDir
    Path folder;

    @Test
    void semicolonsAndDecimalCommasOfSpreadsheetsAreFound() throws Exception {
        assertThat(Collected.of(FILES.resolve("semicolon.csv")))
                .containsExactly(
                        "row 1 (line 2) {\"Bewerter\":\"ann\",\"Links\":\"essay 12\",\"Rechts\":\"essay 3\","
                                + "\"Gewählt\":\"essay 3\",\"Sekunden\":\"4.1\"}",
                        "row 2 (line 3) {\"Bewerter\":\"bob\",\"Links\":\"essay 12\",\"Rechts\":\"essay 3\","
                                + "\"Gewählt\":\"essay 12\",\"Sekunden\":\"2.5\"}");
        assertThat(ItemFile.open(FILES.resolve("semicolon.csv"), FileSettings.FOUND)
                        .said())
                .contains("5 columns, delimiter ;, decimal comma in [Sekunden]");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundThoughTextsHaveTheOthers(String delimiter) throws Exception {
        String text =
                "prompt,chosen,rejected\n\"Say; a, b | c\td?\",\"He said \"\"x\"\"\n\nand left; yes, he did\",no\n"
                        .replace("prompt,chosen,rejected", String.join(delimiter, "prompt", "chosen", "rejected"))
                        .replace("?\",\"", "?\"" + delimiter + "\"")
                        .replace("did\",no", "did\"" + delimiter + "no");
        assertThat(read(text))
                .containsExactly(
                        "row 1 (line 2) {\"prompt\":\"Say; a, b | c\\td?\",\"chosen\":\"He said \\\"x\\\"\\n\\n"
                                + "and left; yes, he did\",\"rejected\":\"no\"}");
    }

    @Test
    void anEmptyCellIsNotThere() throws Exception {
        assertThat(Collected.of(FILES.resolve("skipped.csv")))
                .element(1)
                .asString()
                .doesNotContain("chosen_item")
                .contains("\"skipped\":\"TRUE\"");
        assertThat(read("a,b\n,\n1,\n")).containsExactly("row 2 (line 3) {\"a\":\"1\"}");
    }

    @Test
    void aRowOfAnotherLengthIsRefusedWithItsNumberAndTheNextIsRead() throws Exception {
        assertThat(read("a,b\n1,2\n3\n4,5,6\n7,8\n"))
                .containsExactly(
                        "row 1 (line 2) {\"a\":\"1\",\"b\":\"2\"}",
                        "row 2 (line 3) refused: a row must have 2 cells, as the header has, has 1",
                        "row 3 (line 4) refused: a row must have 2 cells, as the header has, has 3",
                        "row 4 (line 5) {\"a\":\"7\",\"b\":\"8\"}");
    }

    @Test
    void aQuoteThatDoesNotEndIsRefused() throws Exception {
        assertThat(read("a,b\n1,2\n3,\"4\n5,6\n"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("row 2 (line 3) refused: no CSV")
                .endsWith("what follows in this file cannot be read");
    }

    @Test
    void thousandsAndTextsAreNoDecimalCommas() throws Exception {
        assertThat(read("a\tb\n1,234\t4,1\n5,678\tx\n")).first().asString().endsWith("{\"a\":\"1,234\",\"b\":\"4,1\"}");
        FileSettings set = FileSettings.of(null, null, true);
        assertThat(Collected.of(folder.resolve("a.csv"), set))
                .first()
                .asString()
                .contains("1.234", "4.1");
        FileSettings none = FileSettings.of(null, null, false);
        assertThat(Collected.of(FILES.resolve("semicolon.csv"), none))
                .first()
                .asString()
                .contains("4,1");
    }

    @Test
    void aDelimiterCanBeSet() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "a#b\n1#2\n");
        assertThat(Collected.of(file, FileSettings.of(null, "#", null)))
                .containsExactly("row 1 (line 2) {\"a\":\"1\",\"b\":\"2\"}");
        assertThatThrownBy(() -> FileSettings.of(null, "##", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--delimiter must be one character or tab, was \"##\"");
    }

    @Test
    void aColumnThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessageContaining("has two of the name a");
    }

    @Test
    void theFirstItemHasAllColumns() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n1,\n");
        assertThat(ItemFile.open(file, FileSettings.FOUND).first().map(JsonNode::toString))
                .contains("{\"a\":\"1\",\"b\":null}");
        Files.writeString(file, "a,b\n1,\n3\n4,5\n6,7\n");
        assertThat(ItemFile.open(file, FileSettings.FOUND).first(2))
                .extracting(JsonNode::toString)
                .containsExactly("{\"a\":\"1\",\"b\":null}", "{\"a\":\"4\",\"b\":\"5\"}");
    }

    private List<String> read(String text) throws Exception {
        return Collected.of(Files.writeString(folder.resolve("a.csv"), text));
    }
}
