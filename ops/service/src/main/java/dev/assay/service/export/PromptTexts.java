package dev.assay.service.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.service.topics.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Texts of prompts, from lines {@code {"prompt_id": …, "prompt": …}}. */
final class PromptTexts {
    private static final JsonMapper JSON = new JsonMapper();

    private PromptTexts() {}

    /**
     * @param wanted ids worth keeping
     * @return text by id
     * @throws InvalidInputException naming file, line and field
     */
    static Map<String, String> read(Path file, Set<String> wanted) {
        Map<String, String> texts = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String where = "--prompts " + file + ", line " + number;
                JsonNode prompt = parse(line, where);
                String id = text(prompt, "prompt_id", where);
                String text = text(prompt, "prompt", where);
                if (wanted.contains(id)) {
                    texts.put(id, text);
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException("--prompts must be a file that can be read, was " + file + ": " + e);
        }
        return texts;
    }

    private static JsonNode parse(String line, String where) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(where + ": must be a JSON object: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode prompt, String field, String where) {
        JsonNode value = prompt.path(field);
        if (!value.isTextual()) {
            throw new InvalidInputException(
                    where + ": " + field + " must be a string, was " + (value.isMissingNode() ? "missing" : value));
        }
        return value.textValue();
    }
}
