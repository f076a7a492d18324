package dev.assay.service.ingest.formats;

import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the neutral format: {@code judgments.jsonl}, {@code responses.jsonl} and, for people, {@code prompts.jsonl}, each
 * also as {@code .gz}; one JSON object a line. A judgment has {@code first, second, preference} or, of two responses or more,
 * {@code responses} (ids) and {@code ranking} (a rank for each, 1 the best, equal ranks a tie). {@code shown_first} is {@code
 * FIRST} or {@code SECOND}, beside {@code responses} one of them or its index from 0. Whatever is wrong is an {@link
 * InvalidInputException} that names file, line, field, bound and value.
 */
public final class NeutralFolder {
    private NeutralFolder() {}

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

    /** Takes one judgment. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(Judgment judgment) throws E;
    }

    /** @return the prompts of a folder by id, in file order; empty if it has none */
    public static Map<String, String> prompts(Path folder) throws IOException {
        Map<String, String> prompts = new LinkedHashMap<>();
        Path file = find(folder, "prompts");
        if (file != null) {
            JsonLines.read(
                    file,
                    line -> prompts.put(
                            line.at("prompt_id").text(), line.at("prompt").text()));
        }
        return prompts;
    }

    /** @return the responses of a folder by id, in file order */
    public static Map<String, StoredResponse> responses(Path folder) throws IOException {
        Map<String, StoredResponse> responses = new LinkedHashMap<>();
        JsonLines.read(require(folder, "responses"), line -> {
            StoredResponse response = new StoredResponse(
                    line.at("response_id").text(),
                    line.at("prompt_id").text(),
                    written(line.at("policy")),
                    written(line.at("text")),
                    line.at("features").optionalVector());
            responses.put(response.responseId(), response);
        });
        return responses;
    }

    /** A number or the like is taken as it is written. */
    private static @Nullable String written(JsonPlace place) {
        return place.value() == null ? null : place.value().asText();
    }

    /**
     * Reads the judgments of a folder in file order, with the texts of their responses.
     *
     * @param responses of the same folder
     * @param each takes one judgment at a time
     */
    public static <E extends Exception> void judgments(Path folder, Map<String, StoredResponse> responses, Each<E> each)
            throws IOException, E {
        Map<String, JudgedResponse> judged = new HashMap<>();
        responses.forEach((id, stored) ->
                judged.put(id, new JudgedResponse(id, stored.policy(), stored.text(), stored.features())));
        Neutral reader = new Neutral(String.valueOf(folder.getFileName()), judged);
        JsonLines.<E>read(require(folder, "judgments"), line -> each.take(reader.judgment(line)));
    }

    private static Path require(Path folder, String name) {
        Path file = find(folder, name);
        if (file == null) {
            throw new InvalidInputException(folder + " must hold " + name + ".jsonl or " + name + ".jsonl.gz");
        }
        return file;
    }

    /** @return the file of that name, zipped or not; null: there is none */
    public static @Nullable Path find(Path folder, String name) {
        for (String suffix : List.of(".jsonl.gz", ".jsonl")) {
            Path file = folder.resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }
}
