package dev.assay.streams.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson found wrong, in words for whoever wrote it: field, bound, value. Those who write requests and those who write
 * YAML call the same things by other names, hence the words.
 *
 * @param whole what is read, such as {@code the body}
 * @param unreadable how to say that it is no JSON or YAML at all
 * @param unknown how to say that there is no such field; %s is the field
 * @param fields how to say which fields there are
 * @param array an array
 * @param object an object
 * @param quote around a text that is shown
 */
public record JsonErrors(
        String whole, String unreadable, String unknown, String fields, String array, String object, String quote) {
    /** Of requests. */
    public static final JsonErrors OF_A_BODY = new JsonErrors(
            "the body",
            "the body must be JSON in UTF-8",
            "%s is not a field there",
            "the fields are",
            "an array",
            "an object",
            "\"");

    /** Of what others send in their own formats. */
    public static final JsonErrors OF_A_PAYLOAD = new JsonErrors(
            "the item", "not JSON", "%s is not a field there", "the fields are", "an array", "an object", "\"");

    /** Of configurations. */
    public static final JsonErrors OF_A_CONFIGURATION = new JsonErrors(
            "the configuration",
            "the configuration is not valid YAML",
            "unknown key %s",
            "the keys there are",
            "a list",
            "a mapping of keys to values",
            "'");

    private static final Pattern SECRET = Pattern.compile("password|secret|pseudonym-key|sha256|jaas");
    private static final ObjectMapper NAMES = new ObjectMapper();
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Duration.class, "a duration such as PT10S"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(short.class, "a whole number of at most 2 bytes"),
            Map.entry(int.class, "a whole number of at most 4 bytes"),
            Map.entry(Integer.class, "a whole number of at most 4 bytes"),
            Map.entry(long.class, "a whole number of at most 8 bytes"),
            Map.entry(Long.class, "a whole number of at most 8 bytes"));

    /** @param tree the whole as it came, to show the value at fault; empty if reading did not get that far */
    public String inWords(JsonProcessingException error, JsonNode tree) {
        if (error instanceof ValueInstantiationException
                && error.getCause() instanceof IllegalArgumentException bound) {
            return String.valueOf(bound.getMessage()); // One of our records refused a value and named the field itself.
        }
        if (!(error instanceof JsonMappingException mapping)) {
            return unreadable(error);
        }
        if (error.getCause() instanceof JsonProcessingException cause && !(cause instanceof InputCoercionException)) {
            return unreadable(cause);
        }
        if (mapping.getPath().isEmpty() && error.getOriginalMessage().startsWith("Trailing token")) {
            return unreadable(error);
        }
        String field = mapping.getPath().isEmpty() ? whole : path(mapping);
        if (error instanceof UnrecognizedPropertyException unrecognized) {
            return unknown(field, unrecognized.getKnownPropertyIds());
        }
        String value = value(mapping, tree);
        if (error instanceof InvalidTypeIdException kind) {
            return field + " must have kind categorical or numeric, was "
                    + (kind.getTypeId() == null ? value : Shown.of(kind.getTypeId()));
        }
        @Nullable
        Class<?> type = error.getCause() instanceof InputCoercionException range
                ? range.getTargetType()
                : error instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        String said = firstLine(error.getOriginalMessage());
        if (type == null && said.startsWith("must be ")) { // a reader of ours, which says itself what it wants
            return field + " " + said + ", was " + value;
        }
        return type == null
                ? field + ": " + Shown.of(said)
                : field + " must be " + wanted(type, field.endsWith("]")) + ", was " + value;
    }

    /** @return that there is no such field, and which there are, if that is known */
    public String unknown(String field, @Nullable Collection<?> known) {
        return String.format(Locale.ROOT, unknown, field)
                + (known == null
                        ? ""
                        : "; " + fields + " "
                                + new TreeSet<>(
                                        known.stream().map(String::valueOf).toList()));
    }

    /** @return that it is no JSON or YAML, why, and where it ends to be any */
    public String unreadable(JsonProcessingException error) {
        var at = error.getLocation();
        return unreadable + ": " + Shown.of(firstLine(error.getOriginalMessage()))
                + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String path(JsonMappingException error) {
        String path = error.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private String value(JsonMappingException error, JsonNode tree) {
        JsonNode at = tree;
        for (JsonMappingException.Reference step : error.getPath()) {
            String field = step.getFieldName();
            if (field != null && SECRET.matcher(field).find()) {
                return "something else, which is not shown";
            }
            at = field == null ? at.path(step.getIndex()) : at.path(field);
        }
        return at.isMissingNode()
                ? "something else"
                : Shown.of(at.isTextual() ? quote + at.textValue() + quote : at.toString());
    }

    /** @param element whether it is one of several, so that of an array of numbers a number is wanted */
    private String wanted(Class<?> type, boolean element) {
        if (type.isArray()) {
            return element ? wanted(type.getComponentType(), false) : "an array of numbers";
        }
        String scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return "one of "
                    + NAMES.convertValue(type.getEnumConstants(), List.class)
                            .toString()
                            .toLowerCase(Locale.ROOT);
        }
        if (type.isRecord() && type.getRecordComponents().length == 1) {
            return wanted(type.getRecordComponents()[0].getType(), element); // a text that is no plain one
        }
        return Collection.class.isAssignableFrom(type) ? array : object;
    }
}
