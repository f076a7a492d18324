package dev.assay.service.serve.desk;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.assay.estimator.algebra.Require;
import dev.assay.service.http.Doc;
import dev.assay.streams.model.Judgment;
import org.jspecify.annotations.Nullable;

/** One response in a request. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
@Doc(
        name = "Response",
        value = "A response, by its features or its text, as the deployment's feature space needs.",
        anyOf = {"features", "text"})
public record ResponseBody(
        @Doc(value = "Comes back in the answer.", shortest = 1, longest = Judgment.LONGEST_ID) @Nullable
        String id,

        @JsonDeserialize(using = FeaturesReader.class)
        @Doc(
                value =
                        "φ: as many numbers as the feature space has dimensions, finite as float32; or the same as little-endian float32 in base64.",
                minItems = 1,
                kinds = {double[].class, byte[].class})
        double @Nullable [] features,

        @Doc("Where the feature space is made of text.") @Nullable
        String text) {
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
                id == null || (!id.isEmpty() && id.length() <= Judgment.LONGEST_ID),
                "%s.id must have 1 to %s characters, had %s",
                field,
                Judgment.LONGEST_ID,
                id == null ? 0 : id.length());
    }
}
