package dev.assay.streams.features;

import org.jspecify.annotations.Nullable;

/**
 * What a client sent of one response to make features of.
 *
 * @param vector the features themselves; null if none
 * @param text the response as text; null if none
 */
@SuppressWarnings("ArrayRecordComponent") // Passed along, never compared.
public record SentResponse(
        float @Nullable [] vector, @Nullable String text) {}
