package dev.assay.service.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The annotation platforms whose webhooks are understood. */
public enum Platform {
    LABEL_STUDIO,
    ARGILLA,
    PROLIFIC;

    /** @return as in paths and in the source header of dead letters, such as {@code label-studio} */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return the platform of that title */
    public static Optional<Platform> called(String title) {
        return Arrays.stream(values())
                .filter(platform -> platform.title().equals(title))
                .findFirst();
    }
}
