package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cells of tables, in which a number may be a text and the other way round: those of a CSV file all are texts. */
public final class Cells {
    private static final Pattern POINT =
            Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17})(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17}),\\d{1,30}");
    private static final double MILLISECONDS = 1e11; // in seconds the year 5138, in milliseconds 1973

    private Cells() {}

    /** @return the number that stands there, perhaps as a text; 007 is none */
    public static OptionalDouble number(@Nullable JsonNode value, boolean decimalComma) {
        if (value == null || !(value.isNumber() || value.isTextual())) {
            return OptionalDouble.empty();
        }
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.doubleValue();
        } else {
            String text = value.textValue().strip();
            if (decimalComma && COMMA.matcher(text).matches()) {
                number = Double.parseDouble(text.replace(',', '.'));
            } else if (text.length() <= 64 && POINT.matcher(text).matches()) {
                number = Double.parseDouble(text);
            }
        }
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    public static double number(JsonPlace place, boolean decimalComma) throws JsonRefusal {
        return number(place.value(), decimalComma).orElseThrow(() -> place.must("be a number"));
    }

    /** @return what stands there as one writes it: 1 for 1.0 */
    public static String word(JsonPlace place) throws JsonRefusal {
        JsonNode value = place.value();
        if (value == null || !value.isValueNode()) {
            throw place.must("be a text, a number or a boolean");
        }
        if (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()) && value.canConvertToLong()) {
            return Long.toString(value.longValue());
        }
        return value.asText();
    }

    /** @return an identity; null where there is none */
    public static @Nullable String id(JsonPlace place) throws JsonRefusal {
        if (!place.present()) {
            return null;
        }
        String id = word(place);
        return id.isBlank() ? null : id;
    }

    /** @return a moment in ISO 8601, in seconds or in milliseconds since 1970; null where there is none */
    public static @Nullable Instant time(JsonPlace place) throws JsonRefusal {
        OptionalDouble number = number(place.value(), false);
        if (number.isEmpty()) {
            return place.value() != null && place.value().asText().isBlank() ? null : place.optionalTime();
        }
        double seconds =
                Math.abs(number.getAsDouble()) < MILLISECONDS ? number.getAsDouble() : number.getAsDouble() / 1000;
        return new JsonPlace(place.path(), DoubleNode.valueOf(seconds)).optionalTime();
    }
}
