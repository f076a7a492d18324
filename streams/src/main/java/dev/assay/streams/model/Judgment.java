package dev.assay.streams.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one annotator said of the responses to one prompt, as it came: nothing here is checked yet.
 *
 * @param judgmentId identity within the annotator; the same id again replaces the earlier judgment
 * @param annotatorId who judged; null: nobody known, the judgment is its own cluster
 * @param promptId identity of the prompt
 * @param responses the K responses judged
 * @param ranking rank of each response in the order of {@code responses}: 1 the best, equal ranks a tie
 * @param context what is known of annotator, task and moment: strings, doubles and booleans by attribute name
 * @param weight frequency weight, default 1
 * @param featureSpace name or id of the feature space of the features; null: the deployment's own
 * @param judgedAt when the annotator judged, if known
 * @param session the sitting it was made in, if known
 * @param shownFirst index of the response shown first, if known
 * @param source platform or file it came from
 */
public record Judgment(
        String judgmentId,
        @Nullable String annotatorId,
        String promptId,
        List<JudgedResponse> responses,
        List<Integer> ranking,
        Map<String, Object> context,
        double weight,
        @Nullable String featureSpace,
        @Nullable Instant judgedAt,
        @Nullable String session,
        @Nullable Integer shownFirst,
        String source)
        implements JudgmentMessage {
    /** @return the same of another annotator */
    public Judgment ofAnnotator(@Nullable String other) {
        return new Judgment(
                judgmentId,
                other,
                promptId,
                responses,
                ranking,
                context,
                weight,
                featureSpace,
                judgedAt,
                session,
                shownFirst,
                source);
    }

    /** @return the same from another source */
    public Judgment fromSource(String other) {
        return new Judgment(
                judgmentId,
                annotatorId,
                promptId,
                responses,
                ranking,
                context,
                weight,
                featureSpace,
                judgedAt,
                session,
                shownFirst,
                other);
    }
}
