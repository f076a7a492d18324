package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.assay.estimator.algebra.Require;
import org.jspecify.annotations.Nullable;

/**
 * One response in a request.
 *
 * @param id comes back in the answer
 * @param features φ, size d
 * @param text needed where features are made of text
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ResponseBody(
        @JsonProperty("id") @Nullable String id,

        @JsonProperty("features") @JsonDeserialize(using = FeaturesReader.class)
        double @Nullable [] features,

        @JsonProperty("text") @Nullable String text) {
    private static final int LONGEST_ID = 512;

    /** @return the features as the topics have them; null if there are none */
    public float @Nullable [] floats() {
        if (features == null) {
            return null;
        }
        float[] floats = new float[features.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) features[i];
        }
        return floats;
    }

    /** @throws IllegalArgumentException naming field, bound and value */
    public static void checkId(String field, @Nullable String id) {
        Require.that(
                id == null || (!id.isEmpty() && id.length() <= LONGEST_ID),
                "%s.id must have 1 to %s characters, had %s",
                field,
                LONGEST_ID,
                id == null ? 0 : id.length());
    }
}
