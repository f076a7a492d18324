package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import org.jspecify.annotations.Nullable;

/** What an attribute or a level may be called, given that it goes into column names, messages and metric labels. */
final class AttributeName {
    private static final int LONGEST = 100;

    private AttributeName() {}

    /**
     * @param what the key in the configuration
     * @throws IllegalArgumentException naming key, bound and value
     */
    static void check(String what, @Nullable String name) {
        Require.that(
                name != null && !name.isBlank() && name.length() <= LONGEST,
                "%s must have 1 to %d characters, was %s",
                what,
                LONGEST,
                name == null ? "missing" : "'" + name + "'");
    }
}
