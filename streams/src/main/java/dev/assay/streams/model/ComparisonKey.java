package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * Key of a comparison.
 *
 * @param annotatorId the annotator, who decides the partition; null: the judgment is partitioned by itself
 * @param judgmentId the judgment's id
 */
public record ComparisonKey(@Nullable String annotatorId, String judgmentId) {
    /** @return what the partition is chosen by */
    public String partitionedBy() {
        return annotatorId == null ? judgmentId : annotatorId;
    }
}
