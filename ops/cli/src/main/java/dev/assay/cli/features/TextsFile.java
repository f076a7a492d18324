package dev.assay.cli.features;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.files.JsonLines;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts of responses, each once: of a folder in the neutral format, or of JSON Lines (also .gz) whose objects have
 * {@code text}, or TRL's {@code chosen}, {@code rejected} or {@code completion}. TRL writes a response as text or as a list
 * of messages, of which the last is the response.
 */
final class TextsFile {
    private static final List<String> FIELDS = List.of("text", "chosen", "rejected", "completion");

    private TextsFile() {}

    /** @throws InvalidInputException naming file, line and what is missing */
    static List<String> read(List<Path> files) throws IOException {
        Set<String> texts = new LinkedHashSet<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                readFolder(file, texts);
            } else {
                readLines(file, texts);
            }
        }
        return List.copyOf(texts);
    }

    private static void readFolder(Path folder, Set<String> texts) throws IOException {
        for (StoredResponse response : NeutralFolder.responses(folder).values()) {
            if (response.text() == null) {
                throw new InvalidInputException(
                        folder + ": features are made of texts, response " + response.responseId() + " has none");
            }
            texts.add(response.text());
        }
    }

    private static void readLines(Path file, Set<String> texts) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("FILE must be a folder or a file, was " + file);
        }
        JsonLines.read(file, row -> {
            boolean found = false;
            for (String field : FIELDS) {
                if (row.at(field).present()) {
                    texts.add(text(row.at(field)));
                    found = true;
                }
            }
            if (!found) {
                throw new JsonRefusal("a row must have one of " + String.join(", ", FIELDS));
            }
        });
    }

    private static String text(JsonPlace place) throws JsonRefusal {
        JsonNode value = place.value();
        JsonNode text = value != null && value.isArray() && !value.isEmpty()
                ? value.get(value.size() - 1).path("content")
                : value;
        if (text == null || !text.isTextual()) {
            throw place.must("be text, or messages the last of which has a content of text");
        }
        return text.asText();
    }
}
