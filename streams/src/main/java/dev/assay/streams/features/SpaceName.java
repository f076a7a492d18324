package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a feature space is called: by people, and exactly.
 *
 * @param name 1 to 64 characters; no colon, because that separates name and hash in the id
 * @param id name, colon, content hash
 */
record SpaceName(String name, String id) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * @param content what decides φ, name included
     * @throws IllegalArgumentException naming the bound and the value
     */
    static SpaceName of(String name, ContentHash.Content content) {
        check(name);
        return new SpaceName(name, name + ":" + ContentHash.of(content));
    }

    /** @throws IllegalArgumentException naming the bound and the value */
    static void check(String name) {
        Require.that(
                NAME.matcher(name).matches(),
                "the name of a feature space must have 1 to 64 of the characters A-Z a-z 0-9 . _ -, was '%s'",
                name);
    }

    /** @throws Refusal FEATURE_SPACE_MISMATCH if a response was made for another space; null means this one */
    void requireMeant(@Nullable String featureSpace) throws Refusal {
        if (featureSpace != null && !featureSpace.equals(name) && !featureSpace.equals(id)) {
            throw Refusal.because(
                    RefusalReason.FEATURE_SPACE_MISMATCH,
                    "featureSpace must be %s or %s, was %s",
                    name,
                    id,
                    featureSpace);
        }
    }
}
