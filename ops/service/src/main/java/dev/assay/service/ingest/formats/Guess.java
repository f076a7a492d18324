package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What the first rows of a file that nobody knows may be.
 *
 * @param keys the names found in them
 * @param nearest the known format that has most of its names among them, and which it lacks, in words; empty: none is near
 * @param columns a reading to try; empty: nobody can tell who won
 */
public record Guess(List<String> keys, String nearest, Optional<Columns> columns) {
    /** @param rows objects, the first ones of a file */
    public static Guess of(List<JsonNode> rows) {
        return new Guess(List.of(), "", Optional.empty());
    }

    /** @return the keys found, the nearest format and the line to try, for who has to name the format */
    public String message() {
        return "";
    }
}
