package dev.assay.streams.model;

import dev.assay.schemas.admit.ComparisonKey;
import org.jspecify.annotations.Nullable;

/** What arrives on the topic of judgments. */
public sealed interface JudgmentMessage permits Judgment, Retraction {
    /** @return identity within the annotator */
    String judgmentId();

    /** @return who judged; null: nobody known */
    @Nullable
    String annotatorId();

    /** @return platform or file it came from */
    String source();

    /** @return key of its comparison */
    default ComparisonKey key() {
        return new ComparisonKey(annotatorId(), judgmentId());
    }
}
