package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The neutral file format: a folder with {@code judgments.jsonl}, {@code responses.jsonl} and, for people,
 * {@code prompts.jsonl}, each also as {@code .gz}; one JSON object a line. A judgment has {@code first, second, preference} or,
 * of two responses or more, {@code responses} (ids) and {@code ranking} (a rank for each, 1 the best, equal ranks a tie).
 * {@code shown_first} is {@code FIRST} or {@code SECOND}, beside {@code responses} one of them or its index from 0.
 */
public final class NeutralFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NeutralFormat() {}

    /**
     * A response as the folder has it.
     *
     * @param responseId identity
     * @param promptId the prompt it answers
     * @param policy where it came from, if known
     * @param text the response, if the folder has texts
     * @param features φ of the client's feature space, if the folder has vectors
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
    public record StoredResponse(
            String responseId,
            String promptId,
            @Nullable String policy,
            @Nullable String text,
            float @Nullable [] features) {}

    /** A line that cannot be read: names file, line, field and value. */
    public static final class FormatException extends Exception {
        private static final long serialVersionUID = 1;

        FormatException(String message) {
            super(message);
        }
    }

    /** @return the prompts of a folder by id, in file order; empty if it has none */
    public static Map<String, String> prompts(Path folder) throws IOException, FormatException {
        Map<String, String> prompts = new LinkedHashMap<>();
        if (find(folder, "prompts") != null) {
            lines(folder, "prompts", line -> prompts.put(line.text("prompt_id"), line.text("prompt")));
        }
        return prompts;
    }

    /** @return the responses of a folder by id, in file order */
    public static Map<String, StoredResponse> responses(Path folder) throws IOException, FormatException {
        Map<String, StoredResponse> responses = new LinkedHashMap<>();
        lines(folder, "responses", line -> {
            StoredResponse response = new StoredResponse(
                    line.text("response_id"),
                    line.text("prompt_id"),
                    line.optional("policy"),
                    line.optional("text"),
                    line.vector("features"));
            responses.put(response.responseId(), response);
        });
        return responses;
    }

    /**
     * Reads the judgments of a folder in file order, with the texts of their responses.
     *
     * @param responses of the same folder
     * @param each takes one judgment at a time
     */
    public static void judgments(Path folder, Map<String, StoredResponse> responses, Consumer<Judgment> each)
            throws IOException, FormatException {
        String source = String.valueOf(folder.getFileName());
        lines(folder, "judgments", line -> each.accept(judgment(line, responses, source)));
    }

    private static Judgment judgment(Line line, Map<String, StoredResponse> responses, String source)
            throws FormatException {
        boolean pair = !line.has("responses");
        String judgmentId = line.text("judgment_id");
        List<JudgedResponse> judged = pair
                ? List.of(response(line, "first", responses), response(line, "second", responses))
                : ranked(line, responses);
        return new Judgment(
                judgmentId,
                line.optional("annotator_id"),
                line.text("prompt_id"),
                judged,
                pair ? preference(line) : ranking(line, judged.size()),
                line.number("weight", 1),
                null,
                new Occasion(
                        line.context(),
                        line.time("judged_at"),
                        line.optional("session"),
                        pair ? shownOfPair(line) : shownOf(line, judged),
                        source));
    }

    private static @Nullable Integer shownOfPair(Line line) throws FormatException {
        String shown = line.optional("shown_first");
        if (shown == null) {
            return null;
        }
        return switch (shown) {
            case "FIRST" -> 0;
            case "SECOND" -> 1;
            default -> throw line.refuse("shown_first must be FIRST or SECOND, was " + line.said("shown_first"));
        };
    }

    /** An id, or a number: an index from 0. */
    private static @Nullable Integer shownOf(Line line, List<JudgedResponse> judged) throws FormatException {
        if (!line.has("shown_first")) {
            return null;
        }
        JsonNode shown = line.json().get("shown_first");
        for (int i = 0; i < judged.size(); i++) {
            boolean meant = shown.isNumber()
                    ? shown.isInt() && shown.asInt() == i
                    : judged.get(i).responseId().equals(shown.asText());
            if (meant) {
                return i;
            }
        }
        throw line.refuse("shown_first must be one of the responses, or an index from 0 to " + (judged.size() - 1)
                + ", was " + line.said("shown_first"));
    }

    private static List<JudgedResponse> ranked(Line line, Map<String, StoredResponse> responses)
            throws FormatException {
        for (String field : List.of("first", "second", "preference")) {
            if (line.has(field)) {
                throw line.refuse(field + " does not go with responses and ranking, was " + line.optional(field));
            }
        }
        List<JudgedResponse> judged = new ArrayList<>();
        for (JsonNode id : line.array("responses")) {
            if (!id.isTextual()) {
                throw line.refuse("responses must be an array of response ids, one was " + id);
            }
            judged.add(response(line, "responses", id.asText(), responses));
        }
        return judged;
    }

    private static List<Integer> ranking(Line line, int count) throws FormatException {
        JsonNode ranks = line.array("ranking");
        if (ranks.size() != count) {
            throw line.refuse(
                    "ranking must have one rank for each of the " + count + " responses, had " + ranks.size());
        }
        List<Integer> ranking = new ArrayList<>();
        for (JsonNode rank : ranks) {
            if (!rank.isInt()) {
                throw line.refuse("ranking must be an array of whole numbers, one was " + rank);
            }
            ranking.add(rank.asInt());
        }
        return ranking;
    }

    private static JudgedResponse response(Line line, String field, Map<String, StoredResponse> responses)
            throws FormatException {
        return response(line, field, line.text(field), responses);
    }

    private static JudgedResponse response(Line line, String field, String id, Map<String, StoredResponse> responses)
            throws FormatException {
        StoredResponse stored = responses.get(id);
        if (stored == null) {
            throw line.refuse(field + " must name a response of this folder, was " + id);
        }
        return new JudgedResponse(stored.responseId(), stored.policy(), stored.text(), stored.features());
    }

    private static List<Integer> preference(Line line) throws FormatException {
        String preference = line.text("preference");
        return switch (preference) {
            case "FIRST" -> List.of(1, 2);
            case "SECOND" -> List.of(2, 1);
            case "TIE" -> List.of(1, 1);
            default -> throw line.refuse("preference must be FIRST, SECOND or TIE, was " + preference);
        };
    }

    private interface LineReader {
        void read(Line line) throws FormatException;
    }

    private static void lines(Path folder, String name, LineReader reader) throws IOException, FormatException {
        Path file = find(folder, name);
        if (file == null) {
            throw new FormatException(folder + " must hold " + name + ".jsonl or " + name + ".jsonl.gz");
        }
        try (BufferedReader lines = open(file)) {
            int number = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (!text.isBlank()) {
                    reader.read(Line.of(file, number, text));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static @Nullable Path find(Path folder, String name) {
        for (String suffix : List.of(".jsonl.gz", ".jsonl")) {
            Path file = folder.resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    /** One line, able to say where it stands. */
    private record Line(Path file, int number, JsonNode json) {
        static Line of(Path file, int number, String text) throws FormatException {
            try {
                return new Line(file, number, JSON.readTree(text));
            } catch (IOException e) {
                throw new FormatException(file + " line " + number + " is not JSON");
            }
        }

        FormatException refuse(String message) {
            return new FormatException(file + " line " + number + ": " + message);
        }

        boolean has(String field) {
            JsonNode value = json.get(field);
            return value != null && !value.isNull();
        }

        /** @return a field's value for messages, whatever it is */
        String said(String field) {
            JsonNode value = json.get(field);
            return value != null && value.isTextual() ? value.asText() : String.valueOf(value);
        }

        JsonNode array(String field) throws FormatException {
            JsonNode value = json.get(field);
            if (value == null || !value.isArray()) {
                throw refuse(field + " must be an array, was " + value);
            }
            return value;
        }

        String text(String field) throws FormatException {
            JsonNode value = json.get(field);
            if (value == null || !value.isTextual()) {
                throw refuse(field + " must be a string, was " + value);
            }
            return value.asText();
        }

        @Nullable
        String optional(String field) {
            JsonNode value = json.get(field);
            return value == null || value.isNull() ? null : value.asText();
        }

        double number(String field, double otherwise) throws FormatException {
            JsonNode value = json.get(field);
            if (value == null || value.isNull()) {
                return otherwise;
            }
            if (!value.isNumber()) {
                throw refuse(field + " must be a number, was " + value);
            }
            return value.asDouble();
        }

        float @Nullable [] vector(String field) throws FormatException {
            JsonNode value = json.get(field);
            if (value == null || value.isNull()) {
                return null;
            }
            float[] vector = new float[value.size()];
            for (int j = 0; j < vector.length; j++) {
                if (!value.get(j).isNumber()) {
                    throw refuse(field + " must be an array of numbers, entry " + j + " was " + value.get(j));
                }
                vector[j] = value.get(j).floatValue();
            }
            return vector;
        }

        @Nullable
        Instant time(String field) throws FormatException {
            String value = optional(field);
            try {
                return value == null ? null : Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw refuse(field + " must be an instant such as 2026-01-31T13:23:06Z, was " + value);
            }
        }

        Map<String, Object> context() throws FormatException {
            JsonNode context = json.get("context");
            Map<String, Object> values = new HashMap<>();
            if (context == null || context.isNull()) {
                return values;
            }
            if (!context.isObject()) {
                throw refuse("context must be an object, was " + context);
            }
            for (Map.Entry<String, JsonNode> entry : context.properties()) {
                JsonNode value = entry.getValue();
                if (value.isNumber()) {
                    values.put(entry.getKey(), value.asDouble());
                } else if (value.isBoolean()) {
                    values.put(entry.getKey(), value.asBoolean());
                } else if (value.isTextual()) {
                    values.put(entry.getKey(), value.asText());
                } else if (!value.isNull()) {
                    throw refuse("context." + entry.getKey() + " must be a string, number or boolean, was " + value);
                }
            }
            return values;
        }
    }
}
