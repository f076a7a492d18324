package dev.assay.streams.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in somebody's JSON that knows its path, so that whatever is wrong there can be said with field, bound and value.
 * Absent and null are the same.
 *
 * @param path how a person would write it, {@code responses[1].features[3]}; empty for the whole item
 * @param value what is there; null: nothing
 * @param asked takes the names of members that are asked for, so that what nobody asks for can be said; null: nobody minds
 */
public record JsonPlace(
        String path, @Nullable JsonNode value, @Nullable Set<String> asked) {
    public JsonPlace(String path, @Nullable JsonNode value) {
        this(path, value, null);
    }

    /** @return the whole item */
    public static JsonPlace whole(JsonNode item) {
        return whole(item, null);
    }

    /** @param asked takes the names of the members that are asked for */
    public static JsonPlace whole(JsonNode item, @Nullable Set<String> asked) {
        return new JsonPlace("", item.isNull() || item.isMissingNode() ? null : item, asked);
    }

    /** @return the member of that name; absent where this is no object */
    public JsonPlace at(String name) {
        if (asked != null) {
            asked.add(name);
        }
        JsonNode member = value == null ? null : value.get(name);
        return new JsonPlace(
                path.isEmpty() ? name : path + "." + name, member == null || member.isNull() ? null : member);
    }

    public boolean present() {
        return value != null;
    }

    /** @return a refusal of this place */
    public JsonRefusal must(String bound) {
        return new JsonRefusal((path.isEmpty() ? "the item" : Shown.of(path)) + " must " + bound
                + (value == null ? ", is missing" : ", was " + Shown.of(value)));
    }

    /** Requires an object. */
    public JsonPlace object() throws JsonRefusal {
        if (value == null || !value.isObject()) {
            throw must("be an object");
        }
        return this;
    }

    /** @return the names of an object's members */
    public List<String> names() throws JsonRefusal {
        if (value == null || !value.isObject()) {
            throw must("be an object");
        }
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** @return the elements of an array */
    public List<JsonPlace> list() throws JsonRefusal {
        if (value == null || !value.isArray()) {
            throw must("be an array");
        }
        List<JsonPlace> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            JsonNode element = value.get(i);
            elements.add(new JsonPlace(path + "[" + i + "]", element.isNull() ? null : element));
        }
        return elements;
    }

    /** @return a string, perhaps empty */
    public String text() throws JsonRefusal {
        if (value == null || !value.isTextual()) {
            throw must("be a string");
        }
        return value.textValue();
    }

    /** @return a string, or null where there is nothing */
    public @Nullable String optionalText() throws JsonRefusal {
        return value == null ? null : text();
    }

    /** @return an identity: a string that is not blank, or a whole number written out */
    public String id() throws JsonRefusal {
        if (value != null && value.isIntegralNumber()) {
            return value.asText();
        }
        if (value == null || !value.isTextual() || value.textValue().isBlank()) {
            throw must("be a string that is not blank, or a whole number");
        }
        return value.textValue();
    }

    /** @return an identity, or null where there is nothing */
    public @Nullable String optionalId() throws JsonRefusal {
        return value == null ? null : id();
    }

    /** @return a finite number */
    public double number() throws JsonRefusal {
        if (value == null || !value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw must("be a finite number");
        }
        return value.doubleValue();
    }

    /** @return a whole number within bounds, both included */
    public int whole(int least, int most) throws JsonRefusal {
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw must("be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** @return true or false; false where there is nothing */
    public boolean flag() throws JsonRefusal {
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw must("be true or false");
        }
        return value.booleanValue();
    }

    /** @return the vector of an array of numbers, each finite as float32; null where there is nothing */
    public float @Nullable [] optionalVector() throws JsonRefusal {
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw must("be an array of numbers");
        }
        float[] vector = new float[value.size()];
        for (int j = 0; j < vector.length; j++) {
            JsonNode entry = value.get(j);
            vector[j] = entry.isNumber() ? entry.floatValue() : Float.NaN;
            if (!Float.isFinite(vector[j])) {
                throw new JsonPlace(path + "[" + j + "]", entry).must("be a finite number");
            }
        }
        return vector;
    }

    /**
     * @return a moment in ISO 8601, in UTC where it names no zone, or in seconds since 1970; null where there is nothing
     */
    public @Nullable Instant optionalTime() throws JsonRefusal {
        if (value == null) {
            return null;
        }
        try {
            if (value.isNumber()) {
                return bounded(Instant.ofEpochMilli(Math.round(number() * 1000)));
            }
            String text = text().strip().replace(' ', 'T');
            boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$");
            return bounded(
                    zoned
                            ? OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                                    .toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw must("be an instant such as 2024-05-31T13:23:06Z");
        } catch (DateTimeException | ArithmeticException e) {
            throw must("be an instant from year 1 to year 9999");
        }
    }

    private static Instant bounded(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }

    /** Puts what is here into a judgment's context, if it is a string, a number or a boolean; nothing if it is absent. */
    public void intoContext(String name, Map<String, Object> context) throws JsonRefusal {
        if (value == null) {
            return;
        }
        if (value.isTextual()) {
            context.put(name, value.textValue());
        } else if (value.isBoolean()) {
            context.put(name, value.booleanValue());
        } else if (value.isNumber()) {
            context.put(name, number());
        } else {
            throw must("be a string, a number or a boolean");
        }
    }
}
