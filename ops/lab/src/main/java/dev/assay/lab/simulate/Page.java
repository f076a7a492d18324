package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** A page in Markdown, written from top to bottom, for a window of 120 columns. */
public final class Page {
    private static final int COLUMNS = 120;
    /** White space, but not before what would begin a list, a heading, a quotation or a table if it began a line. */
    private static final Pattern BREAK = Pattern.compile("\\s++(?!(?:[-+*#>|=~]+|\\d+[.)])(?:\\s|$)|[|>])");

    private final StringBuilder text = new StringBuilder();

    public Page(String title) {
        text.append("# ").append(title).append('\n');
    }

    public Page section(String title) {
        text.append("\n## ").append(title).append('\n');
        return this;
    }

    public Page paragraph(String words) {
        text.append('\n');
        fill("", words);
        return this;
    }

    public Page list(List<String> items) {
        text.append('\n');
        items.forEach(item -> fill("- ", item));
        return this;
    }

    public Page image(String file, String words) {
        return paragraph("![" + words + "](" + file + ")");
    }

    /** Where a row would be wider than the window, the bars of all stand without blanks. */
    public Page table(List<String> head, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(head, Collections.nCopies(head.size(), "---")));
        rows.forEach(row -> {
            Require.that(row.size() == head.size(), "a row of %s under a head of %s", row.size(), head.size());
            lines.add(row);
        });
        boolean wide = lines.stream().anyMatch(row -> width(row(" ", row)) > COLUMNS);
        text.append('\n');
        lines.forEach(row -> text.append(row(wide ? "" : " ", row)).append('\n'));
        return this;
    }

    private static String row(String blank, List<String> cells) {
        return "|" + blank + String.join(blank + "|" + blank, cells) + blank + "|";
    }

    private void fill(String mark, String words) {
        text.append(mark);
        int column = mark.length();
        for (String word : BREAK.split(words.strip())) {
            if (column > mark.length() && column + 1 + width(word) > COLUMNS) {
                text.append('\n').append(" ".repeat(mark.length()));
                column = mark.length();
            } else if (column > mark.length()) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += width(word);
        }
        text.append('\n');
    }

    private static int width(String words) {
        return words.codePointCount(0, words.length());
    }

    public void write(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
