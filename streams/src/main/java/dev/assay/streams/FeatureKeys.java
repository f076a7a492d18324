package dev.assay.streams;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bounds of keys that several kinds of {@link FeaturesConfig} have. */
final class FeatureKeys {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private FeatureKeys() {}

    static void requireName(String name) {
        Setting.require(
                NAME.matcher(name).matches(), "features.name", "1 to 64 of the characters A-Z a-z 0-9 . _ -", name);
    }

    /** @param id of the space in the file */
    static void requireSaved(String name, String id, String file) {
        Setting.require(id.startsWith(name + ":"), "features.name", "that of the space in " + file + ", " + id, name);
    }

    static void requireDimension(@Nullable Integer dimension, int largest, String kind) {
        Setting.require(
                dimension != null && dimension >= 1 && dimension <= largest,
                "features.dimension",
                "1 to " + largest + " for kind " + kind,
                dimension);
    }
}
