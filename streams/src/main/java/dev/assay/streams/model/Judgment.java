package dev.assay.streams.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one annotator said of the responses to one prompt, as it came: nothing here is checked yet.
 *
 * @param judgmentId identity within the annotator; the same id again replaces the earlier judgment
 * @param annotatorId who judged; null: nobody known, the judgment is its own cluster
 * @param promptId identity of the prompt
 * @param responses the K responses judged
 * @param ranking rank of each response in the order of {@code responses}: 1 the best, equal ranks a tie
 * @param weight frequency weight, default 1
 * @param featureSpace name or id of the feature space of the features; null: the deployment's own
 * @param occasion how it came about
 */
public record Judgment(
        String judgmentId,
        @Nullable String annotatorId,
        String promptId,
        List<JudgedResponse> responses,
        List<Integer> ranking,
        double weight,
        @Nullable String featureSpace,
        Occasion occasion)
        implements JudgmentMessage {
    /** Longest identifier of anything, in characters. */
    public static final int LONGEST_ID = 512;

    @Override
    public String source() {
        return occasion.source();
    }

    /** @return the same of another annotator */
    public Judgment ofAnnotator(@Nullable String other) {
        return new Judgment(judgmentId, other, promptId, responses, ranking, weight, featureSpace, occasion);
    }

    /** @return the same from another source */
    public Judgment fromSource(String other) {
        Occasion told =
                new Occasion(occasion.context(), occasion.judgedAt(), occasion.session(), occasion.shownFirst(), other);
        return new Judgment(judgmentId, annotatorId, promptId, responses, ranking, weight, featureSpace, told);
    }
}
