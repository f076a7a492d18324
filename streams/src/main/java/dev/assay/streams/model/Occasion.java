package dev.assay.streams.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a judgment came about, as it was told.
 *
 * @param context what is known of annotator, task and moment: strings, doubles and booleans by attribute name
 * @param judgedAt when the annotator judged, if known
 * @param session the sitting it was made in, if known
 * @param shownFirst index of the response shown first, if known
 * @param source platform or file it came from
 */
public record Occasion(
        Map<String, Object> context,
        @Nullable Instant judgedAt,
        @Nullable String session,
        @Nullable Integer shownFirst,
        String source) {
    /** Of a judgment of which nothing else is known. */
    public static Occasion of(Map<String, Object> context, String source) {
        return new Occasion(context, null, null, null, source);
    }
}
