package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;

/**
 * A prompt and two responses to it, however a file writes them: with the prompt apart, or in front of both responses.
 *
 * @param prompt what both answer; empty if the two have nothing in common
 * @param first the first response alone
 * @param second the second response alone
 */
record PromptAndPair(String prompt, String first, String second) {
    /**
     * @param prompt a string or messages; where absent, what both responses begin with
     * @param first a string or messages
     * @param second a string or messages
     */
    static PromptAndPair of(JsonPlace prompt, JsonPlace first, JsonPlace second) throws JsonRefusal {
        Conversation one = Conversation.at(first);
        Conversation other = Conversation.at(second);
        if (prompt.present()) {
            String asked = Conversation.at(prompt).text();
            int shared = one.sharedWith(other); // messages repeat the prompt, strings do not
            return new PromptAndPair(
                    asked, one.after(shared).text(), other.after(shared).text());
        }
        if (one.plain() && other.plain()) {
            return split(one.text(), other.text());
        }
        int shared = one.sharedWith(other);
        return new PromptAndPair(
                one.first(shared).text(),
                one.after(shared).text(),
                other.after(shared).text());
    }

    /** Cuts two texts where they part, at the last white space before, so that no word is cut. */
    private static PromptAndPair split(String first, String second) {
        int most = Math.min(first.length(), second.length());
        int shared = 0;
        while (shared < most && first.charAt(shared) == second.charAt(shared)) {
            shared++;
        }
        while (shared > 0 && !Character.isWhitespace(first.charAt(shared - 1))) {
            shared--;
        }
        return new PromptAndPair(first.substring(0, shared).strip(), first.substring(shared), second.substring(shared));
    }
}
