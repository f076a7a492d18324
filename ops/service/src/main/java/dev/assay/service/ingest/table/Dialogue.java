package dev.assay.service.ingest.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dialogues written into one text, with a mark before each turn, such as {@code \n\nHuman: … \n\nAssistant: …}. */
public final class Dialogue {
    private static final Pattern BEGINS = Pattern.compile(
            "\\s*(?:(?:### ?)?(?:System|SYSTEM|Human|HUMAN|User|USER): ?|<\\|im_start\\|>|<\\|(?:system|user)\\|>)");
    private static final Pattern ANSWERS = Pattern.compile(
            "(?:^|\\n)(?:(?:### ?)?(?:Assistant|ASSISTANT): ?|<\\|im_start\\|>assistant\\n|<\\|assistant\\|>\\n?)");

    private Dialogue() {}

    /** @return where two texts are to be cut: behind the last mark of an answer that both share; 0: nowhere */
    public static int cut(String first, String second) {
        if (!BEGINS.matcher(first).lookingAt()) {
            return 0;
        }
        int most = Math.min(first.length(), second.length());
        int shared = 0;
        while (shared < most && first.charAt(shared) == second.charAt(shared)) {
            shared++;
        }
        // Within what both share, and as far as it goes there: a blank behind the mark may be in one of them only.
        Matcher marks = ANSWERS.matcher(first).region(0, shared);
        int cut = 0;
        while (marks.find()) {
            cut = marks.end();
        }
        return cut;
    }
}
