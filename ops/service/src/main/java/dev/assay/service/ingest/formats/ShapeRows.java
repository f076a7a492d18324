package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file's rows of a known shape: a row whose names are new says which of a format's shapes it has, the others follow it. */
final class ShapeRows implements Items {
    private static final int MOST_NAMES = 1_000;
    private static final int LONGEST_ITEM = 200;
    private static final List<String> ASKED = List.of(KnownNames.PROMPT, "question", "instruction", "query", "request");

    private final Map<Shape, List<ColumnRows>> readers = new LinkedHashMap<>();
    private final Map<List<String>, Shape> byNames = new HashMap<>();
    private final Map<String, String> plain = new HashMap<>();
    private Shape newest;

    /**
     * One line of the table.
     *
     * @param keys each with the others in whose place it stands
     * @param readings what the columns are; several where a row holds several judgments
     * @param loose whether names may be written in any case, with blanks for underscores
     */
    record Shape(String name, List<List<String>> keys, List<Columns> readings, boolean loose) {
        boolean fits(JsonNode item) {
            JsonNode row = loose ? plainly(item) : item;
            return keys.stream().allMatch(names -> anyThere(names, loose, row))
                    && !ordered(item)
                    && !(loose && asked(row));
        }

        private static JsonNode plainly(JsonNode item) {
            ObjectNode plain = JsonNodeFactory.instance.objectNode();
            item.properties().forEach(each -> plain.set(KnownNames.plain(each.getKey()), each.getValue()));
            return plain;
        }

        /** Rows that name what was chosen and what was rejected are read so, unless that is what is known of the shape. */
        private boolean ordered(JsonNode item) {
            return item.has("chosen") && item.has("rejected") && !keys.contains(List.of("chosen"));
        }

        /** What answers a question is a text, and may be long; it is not the name of what was compared. */
        private static boolean asked(JsonNode row) {
            return ASKED.stream().anyMatch(row::has);
        }

        private static boolean anyThere(List<String> names, boolean loose, JsonNode row) {
            return names.stream()
                    .map(name -> at(row, name))
                    .anyMatch(at -> !at.isMissingNode()
                            && (!loose || (at.isValueNode() && at.asText().length() <= LONGEST_ITEM)));
        }

        private static JsonNode at(JsonNode row, String path) {
            JsonNode at = row;
            for (String step : path.split("\\.")) {
                at = at.isArray() && step.matches("\\d") ? at.path(Integer.parseInt(step)) : at.path(step);
            }
            return at;
        }
    }

    ShapeRows(List<Shape> shapes, String source) {
        for (Shape shape : shapes) {
            Set<String> known = new HashSet<>();
            shape.readings().forEach(reading -> known.addAll(ColumnRows.used(reading)));
            readers.put(
                    shape,
                    shape.readings().stream()
                            .map(reading ->
                                    new ColumnRows(reading, shape.name(), shape.loose() ? source : shape.name(), known))
                            .toList());
        }
        newest = shapes.get(0);
    }

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        newest = shape(row);
        JsonPlace read = newest.loose() ? plain(row) : row;
        List<ColumnRows> each = readers.getOrDefault(newest, List.of());
        if (each.size() == 1) {
            return each.get(0).read(read);
        }
        List<Intake> found = new ArrayList<>();
        for (ColumnRows one : each) {
            found.add(Items.part(() -> one.read(read).get(0)));
        }
        return found;
    }

    /** A cell that is empty may be missing: such a row has the shape of the one before. */
    private Shape shape(JsonPlace row) throws JsonRefusal {
        if (readers.size() == 1) {
            return newest;
        }
        List<String> names = row.names();
        Shape known = byNames.get(names);
        JsonNode item = row.value();
        if (known != null || item == null) {
            return known == null ? newest : known;
        }
        Shape shape = readers.keySet().stream()
                .filter(each -> each.fits(item))
                .findFirst()
                .orElse(newest);
        if (byNames.size() < MOST_NAMES) {
            byNames.put(names, shape);
        }
        return shape;
    }

    private JsonPlace plain(JsonPlace row) throws JsonRefusal {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (String name : row.names()) {
            String to = plain.get(name);
            if (to == null) {
                to = KnownNames.plain(name);
                if (plain.size() < MOST_NAMES) {
                    plain.put(name, to);
                }
            }
            JsonNode value = row.at(name).value();
            if (value != null) {
                read.set(to, value);
            }
        }
        return new JsonPlace(row.path(), read);
    }
}
