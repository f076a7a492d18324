package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * Takes one judgment back.
 *
 * @param judgmentId the judgment's id
 * @param annotatorId the judgment's annotator; null where it had none
 * @param source platform or file it came from
 */
public record Retraction(String judgmentId, @Nullable String annotatorId, String source) implements JudgmentMessage {}
