package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a row has one thing.
 *
 * @param parts paths of what is joined with a blank line, each of them with others in whose place it stands: the first that is
 *     there counts
 * @param literal what it is in every row; null: the parts say it
 * @param values what its cells may say, as written between brackets; empty: nothing is said of them
 */
public record Column(List<List<String>> parts, @Nullable String literal, List<String> values) {
    /** @return all places of it that are there, or the first one that is not */
    public List<JsonPlace> places(JsonPlace row) {
        if (literal != null) {
            return List.of(new JsonPlace("", JsonNodeFactory.instance.textNode(literal)));
        }
        List<JsonPlace> found = new ArrayList<>();
        for (List<String> alternatives : parts) {
            JsonPlace place = first(row, alternatives);
            if (place.present()) {
                found.add(place);
            }
        }
        return found.isEmpty() ? List.of(row.at(parts.get(0).get(0))) : found;
    }

    private static JsonPlace first(JsonPlace row, List<String> alternatives) {
        for (String path : alternatives) {
            JsonPlace place = at(row, path);
            if (place.present()) {
                return place;
            }
        }
        return row.at(alternatives.get(0));
    }

    /** @return its only place, there or not */
    public JsonPlace place(JsonPlace row) {
        return places(row).get(0);
    }

    /** @return the elements of a list, or of what a {@code *} in the path stands for */
    public List<JsonPlace> list(JsonPlace row) throws JsonRefusal {
        for (String path : parts.get(0)) {
            int star = path.indexOf('*');
            if (star < 0 && at(row, path).present()) {
                return at(row, path).list();
            }
            JsonPlace whole = star <= 0 ? row : at(row, path.substring(0, star - 1));
            if (star >= 0 && whole.present()) {
                List<JsonPlace> found = new ArrayList<>();
                for (JsonPlace element : whole.list()) {
                    found.add(star + 2 > path.length() ? element : at(element, path.substring(star + 2)));
                }
                return found;
            }
        }
        return row.at(parts.get(0).get(0)).list();
    }

    /** @return whether the row has it, though perhaps empty where a {@code *} stands for the elements of a list */
    public boolean there(JsonPlace row) {
        return literal != null
                || parts.stream().flatMap(List::stream).anyMatch(path -> {
                    int star = path.indexOf('*');
                    return star == 0
                            || at(row, star < 0 ? path : path.substring(0, star - 1))
                                    .present();
                });
    }

    /** A literal name first, else nested by dots, and where there is a list by an index from 0. */
    private static JsonPlace at(JsonPlace from, String path) {
        JsonPlace whole = from.at(path);
        if (whole.present()) {
            return whole;
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            JsonPlace outer = step(from, path.substring(0, dot));
            if (outer.present()) {
                JsonPlace inner = at(outer, path.substring(dot + 1));
                if (inner.present()) {
                    return inner;
                }
            }
        }
        return step(from, path);
    }

    private static JsonPlace step(JsonPlace from, String name) {
        JsonNode value = from.value();
        if (value == null || !value.isArray() || !name.matches("\\d{1,6}")) {
            return from.at(name);
        }
        JsonNode element = value.get(Integer.parseInt(name));
        return new JsonPlace(from.path() + "[" + name + "]", element == null || element.isNull() ? null : element);
    }

    /** @return the names of columns it may be found in, without what is inside them */
    public List<String> names() {
        return parts.stream().flatMap(List::stream).toList();
    }

    /** @return as a person writes it */
    public String said() {
        if (literal != null) {
            return "=" + ColumnsText.quoted(literal);
        }
        String said = parts.stream()
                .map(names -> names.stream().map(ColumnsText::quoted).collect(Collectors.joining("|")))
                .collect(Collectors.joining("+"));
        return values.isEmpty() ? said : said + "[" + String.join("|", values) + "]";
    }
}
