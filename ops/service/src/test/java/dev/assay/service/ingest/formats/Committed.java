package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The payloads and files under {@code platforms/}: of the documented shape, written by us. */
final class Committed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Committed() {}

    /** @return the text of a payload */
    static String text(String name) throws IOException {
        try (InputStream bytes = Committed.class.getResourceAsStream("/platforms/" + name)) {
            if (bytes == null) {
                throw new IOException("no resource platforms/" + name);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return what a reader makes of all lines of a JSON Lines file */
    static List<Intake> lines(String name, Items items) throws IOException {
        List<Intake> found = new ArrayList<>();
        for (String line : text(name).lines().toList()) {
            found.addAll(Items.of(line.getBytes(StandardCharsets.UTF_8), items));
        }
        found.addAll(items.end());
        return found;
    }

    /** @return what a reader makes of all elements of a file that is one array */
    static List<Intake> elements(String name, Items items) throws IOException {
        List<Intake> found = new ArrayList<>();
        for (JsonNode element : JSON.readTree(text(name))) {
            found.addAll(items.read(element));
        }
        found.addAll(items.end());
        return found;
    }

    /** @return the committed files and payloads of a format */
    static List<String> namesOf(Format format) {
        return switch (format) {
            case NEUTRAL -> List.of("neutral.jsonl");
            case LABEL_STUDIO ->
                List.of(
                        "label-studio-export.json",
                        "label-studio-created.json",
                        "label-studio-updated.json",
                        "label-studio-tie.json",
                        "label-studio-skipped.json",
                        "label-studio-bulk.json",
                        "label-studio-deleted.json");
            case ARGILLA ->
                List.of(
                        "argilla-export.json",
                        "argilla-created.json",
                        "argilla-updated.json",
                        "argilla-draft.json",
                        "argilla-discarded.json",
                        "argilla-deleted.json",
                        "argilla-label.json",
                        "argilla-label-tie.json",
                        "argilla-rating.json");
            case PRISM -> List.of("prism.jsonl");
            case MULTIPREF -> List.of("multipref.jsonl");
            case HELPSTEER3 -> List.of("helpsteer3.jsonl");
            case LMARENA -> List.of("lmarena-old.jsonl", "lmarena-new.jsonl");
            case ULTRAFEEDBACK -> List.of("ultrafeedback.jsonl");
            case TRL -> List.of("trl.jsonl");
        };
    }

    /** @return all items of a file: its lines, the elements of its array, or itself */
    static List<JsonNode> items(String name) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        if (name.endsWith(".jsonl")) {
            for (String line : text(name).lines().toList()) {
                items.add(JSON.readTree(line));
            }
            return items;
        }
        JsonNode whole = JSON.readTree(text(name));
        if (!whole.isArray()) {
            return List.of(whole);
        }
        whole.forEach(items::add);
        return items;
    }

    static JsonNode firstItem(String name) throws IOException {
        return items(name).get(0);
    }

    /** @return what a reader makes of a text */
    static List<Intake> read(String text, Items items) {
        return Items.of(text.getBytes(StandardCharsets.UTF_8), items);
    }
}
