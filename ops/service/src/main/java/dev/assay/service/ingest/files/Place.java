package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Where an item stands in its file.
 *
 * @param unit what is counted: {@code line}, {@code item} or {@code row}, perhaps after the name of a folder's file
 * @param number of the item, from 1; the header of a table is no row
 * @param line in which it begins or, of an item, ends, from 1
 * @param id what the item itself is called where it came from; null: it does not say
 */
public record Place(
        String unit, long number, long line, @Nullable JsonNode id) {
    private static final String ROW = "row";

    /** Before any item. */
    public static final Place START = line(0);

    static Place line(long line) {
        return new Place("line", line, line, null);
    }

    /** @param file its name in the folder */
    public static Place line(String file, long line) {
        return new Place(file + " line", line, line, null);
    }

    static Place item(long number, long line) {
        return new Place("item", number, line, null);
    }

    static Place row(long number, long line) {
        return new Place(ROW, number, line, null);
    }

    /** @return the same place, of an item that is called so */
    public Place called(@Nullable JsonNode name) {
        return name == null || !name.isValueNode() || name.isNull() ? this : new Place(unit, number, line, name);
    }

    /** @return for people, such as {@code item 2 (id 32)} */
    public String said() {
        String where = unit + " " + number;
        if (unit.equals(ROW)) {
            where += " (line " + line + ")";
        }
        return id == null ? where : where + " (id " + Shown.of(id.asText()) + ")";
    }
}
