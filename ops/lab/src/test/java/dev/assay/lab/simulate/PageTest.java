package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @TempDir
    private Path folder;

    @Test
    void wordsAreFilledIntoLinesOfTheWindow() throws IOException {
        List<String> lines =
                lines(new Page("t").paragraph("judgment ".repeat(40)).list(List.of("vote ".repeat(40))));

        assertThat(lines).allMatch(line -> line.length() <= 120);
        assertThat(lines).filteredOn(line -> line.startsWith("judgment")).hasSize(4);
        assertThat(lines).filteredOn(line -> line.startsWith("- vote")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("  vote")).hasSize(1);
    }

    @Test
    void noLineOfAParagraphBeginsAList() throws IOException {
        // Lines would break before the dash, and before the number.
        String words = "a".repeat(117) + " b - " + "c".repeat(113) + " d 1. e";
        assertThat(lines(new Page("t").paragraph(words)))
                .containsSequence("a".repeat(117), "b - " + "c".repeat(113), "d 1. e");
    }

    @Test
    void aWideTableStandsWithoutBlanks() throws IOException {
        List<String> cells = Collections.nCopies(20, "1234");

        List<String> lines =
                lines(new Page("t").table(cells, List.of(cells)).table(List.of("n"), List.of(List.of("1"))));

        assertThat(lines)
                .contains("|" + "1234|".repeat(20), "|" + "---|".repeat(20), "| n |", "| --- |", "| 1 |")
                .allMatch(line -> line.length() <= 120);
    }

    private List<String> lines(Page page) throws IOException {
        Path file = folder.resolve("page.md");
        page.write(file);
        return Files.readAllLines(file);
    }
}
