package dev.assay.streams;

import dev.assay.estimator.algebra.Require;
import org.jspecify.annotations.Nullable;

/** How a setting out of bounds is refused: the key as the file writes it, the bound, the value. */
final class Setting {
    private Setting() {}

    /** @throws IllegalArgumentException "key must be bound, was value" if the condition does not hold */
    static void require(boolean condition, String key, String bound, @Nullable Object value) {
        String shown = value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
        Require.that(condition, "%s must be %s, was %s", key, bound, value == null ? "missing" : shown);
    }
}
