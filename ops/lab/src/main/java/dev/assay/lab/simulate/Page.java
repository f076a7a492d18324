package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A page in Markdown, written from top to bottom. */
public final class Page {
    private final StringBuilder text = new StringBuilder();

    public Page(String title) {
        text.append("# ").append(title).append('\n');
    }

    public Page section(String title) {
        text.append("\n## ").append(title).append('\n');
        return this;
    }

    public Page paragraph(String words) {
        text.append('\n').append(words.strip()).append('\n');
        return this;
    }

    public Page list(List<String> items) {
        text.append('\n');
        items.forEach(item -> text.append("- ").append(item).append('\n'));
        return this;
    }

    public Page image(String file, String words) {
        return paragraph("![" + words + "](" + file + ")");
    }

    public Page table(List<String> head, List<List<String>> rows) {
        text.append('\n');
        row(head);
        row(Collections.nCopies(head.size(), "---"));
        rows.forEach(row -> {
            Require.that(row.size() == head.size(), "a row of %s under a head of %s", row.size(), head.size());
            row(row);
        });
        return this;
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    public void write(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
