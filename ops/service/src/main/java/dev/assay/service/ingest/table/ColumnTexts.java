package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in cells, as the settings among the columns say it is written. */
public final class ColumnTexts {
    /** Those among the roles that are no columns. */
    public static final Set<String> SETTINGS = Set.of("decimal", "texts");

    private static final Set<String> YES = Set.of("1", "true", "yes", "y", "t");
    private static final Set<String> NO = Set.of("0", "false", "no", "n", "f", "");

    private final Map<String, Column> columns;
    private final boolean decimalComma;
    private final boolean either;
    private final boolean json;

    /**
     * @param columns by role; of them the settings are read
     * @throws IllegalArgumentException naming setting, bound and value
     */
    public ColumnTexts(Map<String, Column> columns) {
        this.columns = columns;
        String decimal = setting("decimal", List.of("point", "comma", "either"));
        decimalComma = !decimal.equals("point");
        either = decimal.equals("either");
        json = setting("texts", List.of("plain", "json")).equals("json");
    }

    private String setting(String role, List<String> values) {
        Column column = columns.get(role);
        String said = column == null ? values.get(0) : column.said();
        if (!values.contains(said)) {
            throw new IllegalArgumentException(role + " must be one of " + values + ", was " + said);
        }
        return said;
    }

    /** Of 1,234 nobody knows what it means, unless somebody says it. */
    private boolean comma(JsonPlace place) {
        return decimalComma
                && !(either && place.value() != null && place.value().asText().matches("\\s*[+-]?\\d{1,3},\\d{3}\\s*"));
    }

    /** @return a text or messages; a list of texts written into one text where the settings say so */
    public Conversation conversation(JsonPlace place) throws JsonRefusal {
        JsonNode value = place.value();
        if (value != null && (value.isNumber() || value.isBoolean())) {
            return Conversation.plain(Cells.word(place));
        }
        if (json && value != null && value.isTextual() && value.asText().startsWith("[")) {
            byte[] bytes = value.asText().getBytes(StandardCharsets.UTF_8);
            return Conversation.at(new JsonPlace(place.path(), StrictJson.tree(bytes, JsonErrors.OF_A_PAYLOAD)));
        }
        return Conversation.at(place);
    }

    public String text(JsonPlace place) throws JsonRefusal {
        return conversation(place).text();
    }

    /** @return all that is there of a column, a blank line between two; null: nothing is */
    @Nullable
    public String joined(Column column, JsonPlace row) throws JsonRefusal {
        List<String> texts = new ArrayList<>();
        for (JsonPlace place : column.places(row)) {
            if (place.present()) {
                String text = text(place);
                if (!text.isBlank()) {
                    texts.add(text);
                }
            }
        }
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    public double number(String role, JsonPlace row) throws JsonRefusal {
        Column column = columns.get(role);
        if (column == null) {
            throw new IllegalStateException("columns were checked: " + role);
        }
        return Cells.number(column.place(row), comma(column.place(row)));
    }

    public boolean yes(String role, JsonPlace row) throws JsonRefusal {
        Column column = columns.get(role);
        return column != null && yes(column.place(row));
    }

    public static boolean yes(JsonPlace place) throws JsonRefusal {
        if (!place.present()) {
            return false;
        }
        String said = KnownNames.plain(Cells.word(place));
        if (!YES.contains(said) && !NO.contains(said)) {
            throw place.must("be 1 or 0, true or false, yes or no");
        }
        return YES.contains(said);
    }

    /** @return what stands there, for a context: what looks like a number is one */
    public Object value(JsonPlace place) throws JsonRefusal {
        OptionalDouble number = Cells.number(place.value(), comma(place));
        if (number.isPresent()) {
            return number.getAsDouble();
        }
        JsonNode value = place.value();
        return value != null && value.isBoolean() ? (Object) value.booleanValue() : Cells.word(place);
    }
}
