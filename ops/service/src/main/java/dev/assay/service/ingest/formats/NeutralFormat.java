package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.json.StrictJson;
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
            lines(
                    folder,
                    "prompts",
                    line -> prompts.put(
                            line.at("prompt_id").text(), line.at("prompt").text()));
        }
        return prompts;
    }

    /** @return the responses of a folder by id, in file order */
    public static Map<String, StoredResponse> responses(Path folder) throws IOException, FormatException {
        Map<String, StoredResponse> responses = new LinkedHashMap<>();
        lines(folder, "responses", line -> {
            StoredResponse response = new StoredResponse(
                    line.at("response_id").text(),
                    line.at("prompt_id").text(),
                    text(line.at("policy")),
                    text(line.at("text")),
                    line.at("features").optionalVector());
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

    private static Judgment judgment(JsonPlace line, Map<String, StoredResponse> responses, String source)
            throws JsonRefusal {
        boolean pair = !line.at("responses").present();
        String judgmentId = line.at("judgment_id").text();
        List<JudgedResponse> judged = pair
                ? List.of(response(line.at("first"), responses), response(line.at("second"), responses))
                : ranked(line, responses);
        JsonPlace weight = line.at("weight");
        return new Judgment(
                judgmentId,
                text(line.at("annotator_id")),
                line.at("prompt_id").text(),
                judged,
                pair ? preference(line.at("preference")) : ranking(line.at("ranking"), judged.size()),
                weight.present() ? weight.number() : 1,
                null,
                new Occasion(
                        context(line.at("context")),
                        line.at("judged_at").optionalTime(),
                        text(line.at("session")),
                        pair ? shownOfPair(line.at("shown_first")) : shownOf(line.at("shown_first"), judged),
                        source));
    }

    /** Whatever it is: people write numbers for names. */
    private static @Nullable String text(JsonPlace place) {
        return place.value() == null ? null : place.value().asText();
    }

    private static Map<String, Object> context(JsonPlace context) throws JsonRefusal {
        Map<String, Object> values = new HashMap<>();
        if (context.present()) {
            for (String name : context.names()) {
                context.at(name).intoContext(name, values);
            }
        }
        return values;
    }

    private static @Nullable Integer shownOfPair(JsonPlace shown) throws JsonRefusal {
        String given = text(shown);
        if (given == null) {
            return null;
        }
        return switch (given) {
            case "FIRST" -> 0;
            case "SECOND" -> 1;
            default -> throw shown.must("be FIRST or SECOND");
        };
    }

    /** An id, or a number: an index from 0. */
    private static @Nullable Integer shownOf(JsonPlace shown, List<JudgedResponse> judged) throws JsonRefusal {
        JsonNode value = shown.value();
        if (value == null) {
            return null;
        }
        for (int i = 0; i < judged.size(); i++) {
            boolean meant = value.isNumber()
                    ? value.isInt() && value.asInt() == i
                    : judged.get(i).responseId().equals(value.asText());
            if (meant) {
                return i;
            }
        }
        throw shown.must("be one of the responses, or an index from 0 to " + (judged.size() - 1));
    }

    private static List<JudgedResponse> ranked(JsonPlace line, Map<String, StoredResponse> responses)
            throws JsonRefusal {
        for (String field : List.of("first", "second", "preference")) {
            if (line.at(field).present()) {
                throw new JsonRefusal(field + " does not go with responses and ranking, was "
                        + Shown.of(line.at(field).value()));
            }
        }
        List<JudgedResponse> judged = new ArrayList<>();
        for (JsonPlace id : line.at("responses").list()) {
            judged.add(response(id, responses));
        }
        return judged;
    }

    private static List<Integer> ranking(JsonPlace ranking, int count) throws JsonRefusal {
        List<JsonPlace> ranks = ranking.list();
        if (ranks.size() != count) {
            throw new JsonRefusal(
                    "ranking must have one rank for each of the " + count + " responses, had " + ranks.size());
        }
        List<Integer> ranked = new ArrayList<>();
        for (JsonPlace rank : ranks) {
            ranked.add(rank.whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return ranked;
    }

    private static JudgedResponse response(JsonPlace id, Map<String, StoredResponse> responses) throws JsonRefusal {
        StoredResponse stored = responses.get(id.text());
        if (stored == null) {
            throw id.must("name a response of this folder");
        }
        return new JudgedResponse(stored.responseId(), stored.policy(), stored.text(), stored.features());
    }

    private static List<Integer> preference(JsonPlace preference) throws JsonRefusal {
        return switch (preference.text()) {
            case "FIRST" -> Ranks.FIRST;
            case "SECOND" -> Ranks.SECOND;
            case "TIE" -> Ranks.TIE;
            default -> throw preference.must("be FIRST, SECOND or TIE");
        };
    }

    private interface LineReader {
        void read(JsonPlace line) throws JsonRefusal;
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
                    try {
                        reader.read(JsonPlace.whole(
                                StrictJson.tree(text.getBytes(StandardCharsets.UTF_8), JsonErrors.OF_A_PAYLOAD)));
                    } catch (JsonRefusal e) {
                        throw new FormatException(file + " line " + number + ": " + e.getMessage());
                    }
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
}
