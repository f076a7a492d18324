package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * A response of a comparison.
 *
 * @param responseId identity of the response
 * @param policy the model or system it came from, if known
 * @param features φ, dimension d
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
public record ComparedResponse(String responseId, @Nullable String policy, float[] features) {}
