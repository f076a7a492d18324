package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import org.jspecify.annotations.Nullable;

/** What spaces that make features of text ask of a response. */
final class TextOnly {
    private TextOnly() {}

    /**
     * @param space id of the feature space
     * @return the text
     * @throws Refusal FEATURES_MISSING if there is a vector or no text, TOO_LONG if it has above 100,000 characters
     */
    static String of(String space, float @Nullable [] vector, @Nullable String text) throws Refusal {
        if (vector != null || text == null) {
            throw Refusal.because(
                    RefusalReason.FEATURES_MISSING,
                    "a response must have a text and no vector for feature space %s, had %s",
                    space,
                    vector == null ? "neither" : "a vector of " + vector.length + " numbers");
        }
        if (text.length() > TextFeatureSpace.LONGEST_TEXT) {
            throw Refusal.because(
                    RefusalReason.TOO_LONG,
                    "text must have at most %d characters, had %d",
                    TextFeatureSpace.LONGEST_TEXT,
                    text.length());
        }
        return text;
    }
}
