package dev.assay.streams.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.jspecify.annotations.Nullable;

/**
 * One response in a request.
 *
 * @param id comes back in the answer
 * @param features φ, size d
 * @param text needed where features are made of text
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ResponseBody(
        @JsonProperty("id") @Nullable String id,

        @JsonProperty("features") @JsonDeserialize(using = FeaturesReader.class)
        double @Nullable [] features,

        @JsonProperty("text") @Nullable String text) {
    private static final int LONGEST_ID = 512;

    /** @return the features as the topics have them; null if there are none */
    float @Nullable [] floats() {
        if (features == null) {
            return null;
        }
        float[] floats = new float[features.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) features[i];
        }
        return floats;
    }

    /** @throws IllegalArgumentException if the id has another length */
    void check(String field) {
        if (id != null && (id.isEmpty() || id.length() > LONGEST_ID)) {
            throw new IllegalArgumentException(
                    field + ".id must have 1 to " + LONGEST_ID + " characters, had " + id.length());
        }
    }
}
