package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A format that a file of items may have. Each is a constant of its reader, and all of them are {@link Formats#ALL}.
 *
 * @param name what the command calls it, such as {@code label-studio}; its samples' names begin with it
 * @param recognises whether an item looks like one of this format
 * @param reader a new reader of one file, by the platforms' settings and the source of judgments that name none
 * @param configurable whether settings say how it is written
 */
public record Format(
        String name,
        Predicate<JsonNode> recognises,
        BiFunction<PlatformSettings, String, Items> reader,
        boolean configurable) {
    /** A format that is always written alike. */
    static Format of(String name, Predicate<JsonNode> recognises, Items reader) {
        return new Format(name, recognises, (settings, source) -> reader, false);
    }

    /** @return whether an item has all these members */
    static Predicate<JsonNode> has(String... members) {
        return item -> Arrays.stream(members).allMatch(item::has);
    }

    /** @return a new reader of one file */
    public Items items(PlatformSettings settings, String source) {
        return reader.apply(settings, source);
    }
}
