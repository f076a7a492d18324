package dev.assay.service.ingest.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The elements of an array, objects one after the other over many lines, or the rows that an object wraps: those of the Hub's
 * viewer, or of its splits. Where the text is no JSON it ends, for nobody knows where the next item begins.
 */
final class ValueItems {
    /** Under which names an object has items; several of them may stand in one. */
    private static final Set<String> ROWS = Set.of(
            "rows",
            "data",
            "train",
            "training",
            "train_prefs",
            "test",
            "test_prefs",
            "validation",
            "valid",
            "val",
            "dev",
            "eval",
            "items",
            "records",
            "examples",
            "results",
            "judgments",
            "comparisons",
            "votes");

    /** What may stand beside them before they begin: what is none of these makes the object an item itself. */
    private static final Set<String> BESIDE = Set.of(
            "features",
            "num_rows_total",
            "num_rows_per_page",
            "partial",
            "dataset",
            "config",
            "split",
            "schema",
            "version",
            "name",
            "description",
            "license",
            "citation",
            "homepage",
            "count",
            "total",
            "page",
            "next",
            "previous",
            "offset",
            "limit",
            "has_more",
            "object",
            "meta",
            "metadata",
            "info",
            "columns",
            "index");

    private static final String COLUMNWISE = "is one object of columns, as pandas writes it by itself: write it with"
            + " orient=\"records\", lines=True";

    private static final Pattern COLUMNS = Pattern.compile("\\s*\\{\\s*\"[^\"]*\"\\s*:\\s*\\{\\s*\"0\"\\s*:");

    private final TextReader text;
    private final JsonTree tree;
    private final String name;
    private long number;
    private boolean wrapped;

    /** @param name of the file, for what is said of it as a whole */
    ValueItems(TextReader text, String name) {
        this.text = text;
        this.name = name;
        tree = new JsonTree(text);
    }

    /** @return whether a line of text is no item, but has items */
    static boolean wraps(String line) {
        try (TextReader text = TextReader.of(line)) {
            ValueItems values = new ValueItems(text, "the line");
            try {
                values.read(new FirstItems(1));
            } catch (FirstItems.Found found) {
                return values.wrapped;
            } catch (InvalidInputException columns) {
                return true;
            }
            return values.wrapped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses the beginning of an object of columns that is too long to be read whole. */
    static void refuseColumns(String head, String name) {
        if (COLUMNS.matcher(head).lookingAt()) {
            throw new InvalidInputException(name + " " + COLUMNWISE);
        }
    }

    <E extends Exception> void read(ItemTaker<E> taker) throws IOException, E {
        try (JsonParser parser = JsonTree.JSON.createParser(text)) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.START_ARRAY) {
                        parser.nextToken();
                        elements(parser, false, taker);
                    } else if (token == JsonToken.START_OBJECT) {
                        object(parser, taker);
                    } else {
                        one(parser, false, taker);
                    }
                }
            } catch (JsonProcessingException e) {
                long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
                taker.refused(
                        Place.item(number + 1, line),
                        tree.unreadable(e, false) + "; what follows in this file cannot be read");
            }
        }
    }

    /** @param parser at the first token within an array */
    private <E extends Exception> void elements(JsonParser parser, boolean viewed, ItemTaker<E> taker)
            throws IOException, E {
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            one(parser, viewed, taker);
            parser.nextToken();
        }
    }

    private <E extends Exception> void one(JsonParser parser, boolean viewed, ItemTaker<E> taker)
            throws IOException, E {
        try {
            take(tree.read(parser), parser, viewed, taker);
        } catch (JsonRefusal e) {
            taker.refused(next(parser), String.valueOf(e.getMessage()));
        }
    }

    private Place next(JsonParser parser) {
        number++;
        return Place.item(number, parser.currentLocation().getLineNr());
    }

    private <E extends Exception> void take(JsonNode item, JsonParser parser, boolean viewed, ItemTaker<E> taker)
            throws E {
        Place place = next(parser);
        if (!viewed || !item.path("row").isObject()) {
            taker.item(place, item);
            return;
        }
        JsonNode cut = item.path("truncated_cells");
        if (cut.isEmpty()) {
            taker.item(place, item.path("row"));
        } else {
            taker.refused(
                    place,
                    "the cells " + Shown.of(cut)
                            + " are cut off by the viewer (truncated_cells): take the file itself");
        }
    }

    /** An object on the first level: an item, or what wraps items. */
    private <E extends Exception> void object(JsonParser parser, ItemTaker<E> taker) throws IOException, E {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        boolean wraps = false;
        boolean beside = true; // all so far may stand beside items
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && beside && ROWS.contains(member)) {
                JsonToken first = parser.nextToken();
                if (first == JsonToken.START_OBJECT || (wraps && first == JsonToken.END_ARRAY)) {
                    wraps = true;
                    wrapped = true;
                    elements(parser, member.equals("rows"), taker);
                } else if (first == JsonToken.START_ARRAY && read.has("columns")) {
                    throw new InvalidInputException(name + " " + COLUMNWISE);
                } else {
                    read.set(member, tree.array(parser));
                }
            } else if (wraps) {
                parser.skipChildren();
                if (!BESIDE.contains(member)) {
                    Place place = Place.item(number, parser.currentLocation().getLineNr());
                    taker.passedOver(place, Shown.of(member) + " beside the items");
                }
            } else {
                tree.member(read, member, parser);
                beside &= BESIDE.contains(member);
            }
        }
        if (!wraps) {
            whole(read, parser, taker);
        }
    }

    private <E extends Exception> void whole(ObjectNode item, JsonParser parser, ItemTaker<E> taker) throws E {
        if (!item.isEmpty()
                && item.properties().stream().allMatch(each -> each.getValue().has("0"))) {
            throw new InvalidInputException(name + " " + COLUMNWISE);
        }
        try {
            tree.requireUsable();
        } catch (JsonRefusal e) {
            taker.refused(next(parser), String.valueOf(e.getMessage()));
            return;
        }
        take(item, parser, false, taker);
    }
}
