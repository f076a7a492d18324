package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * One of the responses an annotator was shown.
 *
 * @param responseId identity of the response
 * @param policy the model or system it came from, if known
 * @param text the response as shown, where features are made of text
 * @param features φ of the client's feature space, where the client sends vectors
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
public record JudgedResponse(
        String responseId,
        @Nullable String policy,
        @Nullable String text,
        float @Nullable [] features) {}
