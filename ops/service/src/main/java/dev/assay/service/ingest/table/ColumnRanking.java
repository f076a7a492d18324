package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Responses of a row that are a list, and how they are ranked: by a list of ranks or of scores beside it, or best first.
 *
 * @param texts of the responses
 * @param policies theirs; empty: nobody says
 * @param ranks 1 the best
 */
public record ColumnRanking(List<String> texts, List<@Nullable String> policies, List<Integer> ranks) {
    private static final List<String> TEXT =
            List.of("text", "response", "answer", "content", "completion", "output", "value", "body");

    /** @param most responses of one judgment */
    public static ColumnRanking of(Map<String, Column> columns, ColumnTexts cells, JsonPlace row, int most)
            throws JsonRefusal {
        Column list = columns.containsKey("responses") ? columns.get("responses") : columns.get("ranking");
        if (list == null) {
            throw new IllegalStateException("columns were checked");
        }
        List<JsonPlace> places = list.list(row);
        if (places.size() < 2 || places.size() > most) {
            throw new JsonRefusal(list.said() + " must have 2 to " + most + " responses, has " + places.size());
        }
        List<String> texts = new ArrayList<>();
        for (JsonPlace place : places) {
            texts.add(cells.text(text(place)));
        }
        List<Integer> ranks = columns.containsKey("responses") ? ranks(columns, row, texts) : best(places.size());
        return new ColumnRanking(texts, ids(columns.get("policies"), row, texts.size()), ranks);
    }

    private static JsonPlace text(JsonPlace response) {
        JsonNode value = response.value();
        if (value != null && value.isObject() && !value.has("role") && !value.has("from")) {
            for (String name : TEXT) {
                if (response.at(name).present()) {
                    return response.at(name);
                }
            }
        }
        return response;
    }

    private static List<Integer> best(int count) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ranks.add(i);
        }
        return ranks;
    }

    private static List<@Nullable String> ids(@Nullable Column column, JsonPlace row, int count) throws JsonRefusal {
        List<@Nullable String> ids = new ArrayList<>();
        if (column != null && column.there(row)) {
            for (JsonPlace place : parallel(column, row, count)) {
                ids.add(Cells.id(place));
            }
        }
        return ids;
    }

    private static List<JsonPlace> parallel(Column column, JsonPlace row, int count) throws JsonRefusal {
        List<JsonPlace> places = column.list(row);
        if (places.size() != count) {
            throw new JsonRefusal(
                    column.said() + " must have one for each of " + count + " responses, has " + places.size());
        }
        return places;
    }

    private static List<Integer> ranks(Map<String, Column> columns, JsonPlace row, List<String> texts)
            throws JsonRefusal {
        Column order = columns.get("ranking");
        if (order != null) {
            return order(parallel(order, row, texts.size()), texts, ids(columns.get("ids"), row, texts.size()));
        }
        boolean higher = columns.containsKey("score");
        Column column = columns.get(higher ? "score" : "rank");
        if (column == null) {
            throw new IllegalStateException("columns were checked");
        }
        List<Double> values = new ArrayList<>();
        for (JsonPlace place : parallel(column, row, texts.size())) {
            double value = Cells.number(place, false);
            values.add(higher ? -value : value);
        }
        List<Integer> ranks = new ArrayList<>();
        for (double own : values) {
            ranks.add(1 + (int) values.stream().filter(other -> other < own).count());
        }
        return ranks;
    }

    /** Best first, each by its id, its text, or its index from 0 or 1: which of them, all say together. */
    private static List<Integer> order(List<JsonPlace> order, List<String> texts, List<@Nullable String> ids)
            throws JsonRefusal {
        int least = Integer.MAX_VALUE;
        for (JsonPlace place : order) {
            OptionalDouble index = Cells.number(place.value(), false);
            least = (int) Math.min(least, index.orElse(Integer.MAX_VALUE));
        }
        Integer[] ranks = new Integer[texts.size()];
        for (int i = 0; i < order.size(); i++) {
            JsonPlace place = order.get(i);
            String said = Cells.word(place);
            OptionalDouble index = Cells.number(place.value(), false);
            int which = ids.indexOf(said) >= 0 ? ids.indexOf(said) : texts.indexOf(said);
            if (which < 0 && index.isPresent() && (least == 0 || least == 1)) {
                which = (int) index.getAsDouble() - least;
            }
            if (which < 0 || which >= ranks.length || ranks[which] != null) {
                throw place.must("name one of the " + texts.size()
                        + " responses, each once, by its id, its text, or its index from 0 or from 1");
            }
            ranks[which] = i + 1;
        }
        return Arrays.asList(ranks);
    }
}
