package dev.assay.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.assay.streams.settings.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Jackson found wrong with a configuration, in words for the person who wrote the file: key, bound, value. */
final class ConfigErrors {
    private static final int LONGEST_VALUE = 80;
    private static final Pattern SECRET = Pattern.compile("password|secret|pseudonym-key|sha256|jaas");
    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "text",
            Secret.class, "text",
            Duration.class, "a duration such as PT10S",
            double.class, "a number",
            Double.class, "a number",
            short.class, "a whole number of at most 2 bytes",
            int.class, "a whole number of at most 4 bytes",
            Integer.class, "a whole number of at most 4 bytes",
            long.class, "a whole number of at most 8 bytes");

    private ConfigErrors() {}

    /** @param tree what was to be bound, to show the value at fault; empty if reading did not get that far */
    static IllegalArgumentException inWords(JsonProcessingException error, JsonNode tree) {
        return new IllegalArgumentException(message(error, tree), error);
    }

    private static String message(JsonProcessingException error, JsonNode tree) {
        if (error instanceof ValueInstantiationException
                && error.getCause() instanceof IllegalArgumentException bound) {
            return String.valueOf(bound.getMessage()); // One of our records refused a value and named the key itself.
        }
        if (!(error instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return "the configuration is not valid YAML: " + error.getMessage();
        }
        String key = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .substring(1);
        String value = value(mapping, tree);
        if (error instanceof UnrecognizedPropertyException unknown) {
            return "unknown key " + key + known(unknown.getKnownPropertyIds());
        }
        if (error instanceof InvalidTypeIdException kind) {
            return key + " must have kind categorical or numeric, was "
                    + (kind.getTypeId() == null ? value : kind.getTypeId());
        }
        if (error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return key + " must be " + wanted(mismatch.getTargetType()) + ", was " + value;
        }
        if (error.getCause() instanceof InputCoercionException range) {
            return key + " must be " + wanted(range.getTargetType()) + ", was " + value;
        }
        return key + ": " + error.getOriginalMessage();
    }

    private static String value(JsonMappingException error, JsonNode tree) {
        JsonNode at = tree;
        for (JsonMappingException.Reference step : error.getPath()) {
            if (step.getFieldName() != null
                    && SECRET.matcher(step.getFieldName()).find()) {
                return "something else, which is not shown";
            }
            at = step.getFieldName() == null ? at.path(step.getIndex()) : at.path(step.getFieldName());
        }
        String text = at.isTextual() ? "'" + at.asText() + "'" : at.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
    }

    private static String known(@Nullable Collection<Object> keys) {
        return keys == null
                ? ""
                : "; the keys there are "
                        + new TreeSet<>(keys.stream().map(String::valueOf).toList());
    }

    private static String wanted(Class<?> type) {
        String scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            return "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT);
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "a mapping of keys to values";
    }
}
