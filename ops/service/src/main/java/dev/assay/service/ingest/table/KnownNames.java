package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names under which rows of any kind have what was asked, and who judged. */
public final class KnownNames {
    public static final String PROMPT = "prompt";

    /** Of what was asked, in the order in which they are read together, as it would be said: what goes before comes first. */
    public static final List<String> ASKED = List.of(
            "system",
            "context",
            "history",
            "conversations",
            "messages",
            "instruction",
            "question",
            "query",
            "request",
            "brief",
            "input");

    public static final List<String> ANNOTATORS = List.of(
            "annotator", "annotator_id", "rater", "rater_id", "worker_id", "user", "user_id", "labeler", "judge");

    private static final int LONGEST_LIST = 12;
    private static final int LONGEST_NAME = 128;

    private KnownNames() {}

    /**
     * @param taken columns that are something else
     * @return the names that say what was asked in this row; the prompt alone, if it does
     */
    public static List<String> asked(JsonPlace row, Set<String> taken) {
        if (!taken.contains(PROMPT) && says(row.at(PROMPT).value())) {
            return List.of(PROMPT);
        }
        return ASKED.stream()
                .filter(name -> !taken.contains(name) && says(row.at(name).value()))
                .toList();
    }

    /** Neither nothing, nor an object or a number, which would be something else by the same name. */
    private static boolean says(@Nullable JsonNode value) {
        return value != null && (value.isTextual() ? !value.asText().isBlank() : value.isArray() && !value.isEmpty());
    }

    /** @return whether a cell says nothing at all */
    public static boolean empty(JsonPlace cell) {
        return cell.value() == null
                || (cell.value().isTextual() && cell.value().asText().isBlank());
    }

    /** @return what stands there, a blank line between two; null: nothing */
    public static @Nullable String text(JsonPlace row, List<String> names) throws JsonRefusal {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            texts.add(Conversation.at(row.at(name)).text());
        }
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    /** @return the column that names who judged; null: none does */
    public static @Nullable String annotator(JsonPlace row) {
        for (String name : ANNOTATORS) {
            JsonNode value = row.at(name).value();
            if (value != null && (value.isTextual() || value.isIntegralNumber()) && named(value.asText())) {
                return name;
            }
        }
        return null;
    }

    /** Neither nothing, nor what a user said. */
    private static boolean named(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.indexOf('\n') < 0;
    }

    /** @return a name as one compares names: {@code Candidate A} and {@code candidate_a} are one */
    public static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "_");
    }

    /** @return the remark on a row that does not say what was asked */
    public static String noPrompt(JsonPlace row) throws JsonRefusal {
        return "has no prompt (columns: " + listed(row.names()) + ")";
    }

    /** @return the remark on columns that nobody reads */
    public static String notRead(Collection<String> names) {
        return "has columns that are not read: " + listed(names);
    }

    /** @return names for a message, not all of them where they are many */
    public static String listed(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(Shown.of(name)));
        return String.join(", ", all.subList(0, Math.min(all.size(), LONGEST_LIST)))
                + (all.size() > LONGEST_LIST ? " …" : "");
    }
}
