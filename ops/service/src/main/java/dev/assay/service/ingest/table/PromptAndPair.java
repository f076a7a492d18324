package dev.assay.service.ingest.table;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and two responses to it, however a file writes them: with the prompt apart, or in front of both responses. A text is
 * cut nowhere but at a turn, for what two responses begin with may be their own words.
 *
 * @param key the text that identifies the prompt; empty: there is none, and no prompt is not the same prompt
 * @param asked what both answer; null: nobody knows
 * @param first the first response alone
 * @param second the second response alone
 * @param remark what its sender should know; null: nothing
 * @param names of the columns that made the prompt
 */
public record PromptAndPair(
        String key,
        @Nullable String asked,
        String first,
        String second,
        @Nullable String remark,
        List<String> names) {
    /**
     * @param row has the prompt under a known name, or nowhere
     * @param first a string or messages
     * @param second a string or messages
     */
    public static PromptAndPair of(JsonPlace row, JsonPlace first, JsonPlace second) throws JsonRefusal {
        Conversation one = Conversation.at(first);
        Conversation other = Conversation.at(second);
        List<String> names = new ArrayList<>();
        for (String name : KnownNames.asked(row, Set.of())) {
            if (!Objects.equals(row.at(name).value(), first.value())
                    && !Objects.equals(
                            row.at(name).value(), second.value())) { // the dialogue once more, answer and all
                names.add(name);
            }
        }
        return of(row, names, KnownNames.text(row, names), one, other);
    }

    /** @param given the prompt; null: it is not apart */
    public static PromptAndPair of(
            JsonPlace row, List<String> names, @Nullable String given, Conversation one, Conversation other)
            throws JsonRefusal {
        int shared = one.sharedWith(other); // messages repeat the prompt, strings do not
        String history = one.first(shared).text();
        String first = one.after(shared).text();
        String second = other.after(shared).text();
        if (given != null) {
            if (shared == 0 || given.endsWith(history)) {
                return new PromptAndPair(given, given, first, second, null, names);
            }
            // What is cut off both is asked too, but the prompt stays its identity, as it was before.
            String asked = history.endsWith(given) ? history : given + "\n\n" + history;
            String remark = "has messages before both responses that its prompt lacks: they are taken as asked";
            return new PromptAndPair(given, asked, first, second, history.endsWith(given) ? null : remark, names);
        }
        if (shared > 0) {
            return new PromptAndPair(history, history, first, second, null, names);
        }
        if (one.plain() && other.plain()) {
            int cut = Dialogue.cut(first, second);
            if (cut > 0) {
                String asked = first.substring(0, cut);
                return new PromptAndPair(
                        asked.strip(), asked, first.substring(cut), second.substring(cut), null, names);
            }
        }
        String remark = KnownNames.noPrompt(row);
        return new PromptAndPair("", null, first, second, remark, names);
    }

    /** @return the prompt's; without one, that of the two texts, whichever is the better one */
    public String promptId() {
        if (asked != null) {
            return ContentId.of(key);
        }
        return first.compareTo(second) <= 0 ? ContentId.of(first, second) : ContentId.of(second, first);
    }
}
