package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.files.ItemTaker;
import dev.assay.service.ingest.files.JsonLines;
import dev.assay.service.ingest.files.Place;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the neutral format: {@code judgments.jsonl}, {@code responses.jsonl} and {@code prompts.jsonl}, which may be
 * left out, each also as {@code .gz} or {@code .zst}; one JSON object a line. A judgment has {@code first, second, preference}
 * or, of two responses or more, {@code responses} (ids) and {@code ranking} (a rank for each, 1 the best, equal ranks a tie).
 * {@code shown_first} is {@code FIRST} or {@code SECOND}, beside {@code responses} one of them or its index from 0. Prompts
 * and responses are held in memory, judgments are not.
 */
public final class NeutralFolder {
    private static final Set<String> RESPONSE_FIELDS = Set.of("response_id", "prompt_id", "policy", "text", "features");
    private static final Set<String> PROMPT_FIELDS = Set.of("prompt_id", "prompt");

    private NeutralFolder() {}

    /**
     * A response as the folder has it.
     *
     * @param responseId identity among the responses to its prompt
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

    /** Takes what one line of the judgments asks for, or hears of a line that is not understood. */
    @FunctionalInterface
    public interface Each<E extends Exception> {
        void take(Place place, Intake intake) throws E;
    }

    /** Takes one judgment. */
    @FunctionalInterface
    public interface EachJudgment<E extends Exception> {
        void take(Judgment judgment) throws E;
    }

    /** Takes one line of a file of the folder. */
    @FunctionalInterface
    private interface EachLine {
        void take(JsonPlace line, Place place) throws JsonRefusal;
    }

    /** Hears of a line that is not understood. */
    @FunctionalInterface
    private interface Refused<E extends Exception> {
        void hear(Place place, String why) throws E;
    }

    /** Reads the whole folder; a bad line keeps no other from being read. */
    public static <E extends Exception> void read(Path folder, Each<E> each) throws IOException, E {
        Refused<E> refused = (place, why) -> each.take(place, new Intake.NotUnderstood(why));
        Map<String, String> prompts = prompts(folder, refused);
        FolderResponses responses = responses(folder, refused);
        Neutral reader = new Neutral(String.valueOf(folder.getFileName()), responses);
        Path file = require(folder, "judgments");
        JsonLines.items(file, new ItemTaker<E>() {
            @Override
            public void item(Place place, JsonNode item) throws E {
                each.take(place(file, place), Items.part(() -> judged(reader, item, prompts)));
            }

            @Override
            public void refused(Place place, String why) throws E {
                refused.hear(place(file, place), why);
            }

            @Override
            public void passedOver(Place place, String why) {}
        });
    }

    private static Intake judged(Neutral reader, JsonNode item, Map<String, String> prompts) throws JsonRefusal {
        Judgment judgment = reader.judgment(JsonPlace.whole(item).object());
        return new Intake.Judged(judgment, null, prompts.get(judgment.promptId()), List.of());
    }

    /**
     * @return the prompts of a folder by id, in file order; empty if it has none
     * @throws InvalidInputException naming file, line, field, bound and value
     */
    public static Map<String, String> prompts(Path folder) throws IOException {
        return prompts(folder, NeutralFolder::fail);
    }

    private static <E extends Exception> Map<String, String> prompts(Path folder, Refused<E> refused)
            throws IOException, E {
        Map<String, String> prompts = new LinkedHashMap<>();
        Path file = find(folder, "prompts");
        if (file != null) {
            lines(file, PROMPT_FIELDS, refused, (line, place) -> {
                String id = line.at("prompt_id").id();
                String text = line.at("prompt").text();
                String before = prompts.putIfAbsent(id, text);
                if (before != null && !before.equals(text)) {
                    throw line.at("prompt_id").must("name one prompt, stands before with another text");
                }
            });
        }
        return prompts;
    }

    /**
     * @return the responses of a folder
     * @throws InvalidInputException naming file, line, field, bound and value
     */
    public static FolderResponses responses(Path folder) throws IOException {
        return responses(folder, NeutralFolder::fail);
    }

    private static <E extends Exception> FolderResponses responses(Path folder, Refused<E> refused)
            throws IOException, E {
        FolderResponses responses = new FolderResponses();
        lines(
                require(folder, "responses"),
                RESPONSE_FIELDS,
                refused,
                (line, place) -> responses.add(
                        new StoredResponse(
                                line.at("response_id").id(),
                                line.at("prompt_id").id(),
                                written(line.at("policy")),
                                written(line.at("text")),
                                line.at("features").optionalVector()),
                        place.line()));
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
     * @throws InvalidInputException naming file, line, field, bound and value of the first that is not understood
     */
    public static <E extends Exception> void judgments(Path folder, FolderResponses responses, EachJudgment<E> each)
            throws IOException, E {
        Neutral reader = new Neutral(String.valueOf(folder.getFileName()), responses);
        JsonLines.<E>read(require(folder, "judgments"), line -> each.take(reader.judgment(line)));
    }

    private static void fail(Place place, String why) {
        throw new InvalidInputException(place.said() + ": " + why);
    }

    private static Place place(Path file, Place in) {
        return Place.line(String.valueOf(file.getFileName()), in.line());
    }

    private static <E extends Exception> void lines(Path file, Set<String> known, Refused<E> refused, EachLine each)
            throws IOException, E {
        JsonLines.items(file, new ItemTaker<E>() {
            @Override
            public void item(Place place, JsonNode item) throws E {
                try {
                    JsonPlace line = JsonPlace.whole(item).object();
                    for (String name : line.names()) {
                        if (!known.contains(name)) {
                            throw new JsonRefusal(Shown.of(name) + " is not a field of "
                                    + (known == PROMPT_FIELDS ? "a prompt" : "a response") + "; known are "
                                    + new TreeSet<>(known));
                        }
                    }
                    each.take(line, place);
                } catch (JsonRefusal e) {
                    refused(place, String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void refused(Place place, String why) throws E {
                refused.hear(place(file, place), why);
            }

            @Override
            public void passedOver(Place place, String why) {}
        });
    }

    private static Path require(Path folder, String name) {
        Path file = find(folder, name);
        if (file == null) {
            throw new InvalidInputException(folder + " must hold " + name + ".jsonl or " + name + ".jsonl.gz");
        }
        return file;
    }

    /** @return the file of that name, packed or not; null: there is none */
    public static @Nullable Path find(Path folder, String name) {
        for (String suffix : List.of(".jsonl.gz", ".jsonl.zst", ".jsonl")) {
            Path file = folder.resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }
}
