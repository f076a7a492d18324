package dev.assay.estimator.algebra;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of arguments: our own mistakes are exceptions, at once, with name, bound and actual value. */
public final class Require {
    private Require() {}

    /**
     * @param format sentence in the manner of {@link String#format}, only formatted when the condition does not hold
     * @throws IllegalArgumentException if the condition does not hold
     */
    public static void that(boolean condition, String format, @Nullable Object... args) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, format, args));
        }
    }
}
