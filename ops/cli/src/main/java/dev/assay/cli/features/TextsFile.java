package dev.assay.cli.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Texts of responses, each once: of a folder in the neutral format, or of JSON Lines (also .gz) whose objects have
 * {@code text}, or TRL's {@code chosen}, {@code rejected} or {@code completion}. TRL writes a response as text or as a list
 * of messages, of which the last is the response.
 */
final class TextsFile {
    private static final ObjectMapper JSON = new ObjectMapper();
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
        try (BufferedReader lines = new BufferedReader(reader(file))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readLine(file + " line " + number, line, texts);
                }
            }
        }
    }

    private static Reader reader(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8);
    }

    private static void readLine(String where, String line, Set<String> texts) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(where + " is not JSON: " + e.getOriginalMessage());
        }
        boolean found = false;
        for (String field : FIELDS) {
            JsonNode value = row.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                texts.add(text(where + ": " + field, value));
                found = true;
            }
        }
        if (!found) {
            throw new InvalidInputException(where + " must have one of " + String.join(", ", FIELDS));
        }
    }

    private static String text(String where, JsonNode value) {
        JsonNode text = value.isArray() && !value.isEmpty()
                ? value.get(value.size() - 1).path("content")
                : value;
        if (!text.isTextual()) {
            throw new InvalidInputException(
                    where + " must be text, or messages the last of which has a content of text");
        }
        return text.asText();
    }
}
