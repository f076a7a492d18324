package dev.assay.service.serve.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.service.http.Problem;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON to what it asks for, strictly: what is not understood is refused in words that name the field. */
public final class RequestBody {
    private static final int LONGEST_VALUE = 80;
    private static final ObjectMapper JSON = mapper();

    private RequestBody() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // A message must not show other people's texts.
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        // "NaN" and "1" are texts.
        mapper.coercionConfigDefaults().setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        mapper.coercionConfigDefaults().setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        return mapper;
    }

    /**
     * @param type what the body is to be
     * @throws Problem 400 naming field, bound and value
     */
    public static <T> T read(byte[] body, Class<T> type) {
        T read = lifted(body, type);
        return read != null ? read : plainly(body, type);
    }

    /** Fast, or null: what is wrong is for the plain reading to say, which sees the request as it came. */
    private static <T> @Nullable T lifted(byte[] body, Class<T> type) {
        LiftedVectors lifted = LiftedVectors.of(body);
        try {
            return JSON.readerFor(type)
                    .withAttribute(FeaturesReader.LIFTED, lifted.vectors())
                    .readValue(lifted.rest());
        } catch (IOException e) {
            return null;
        }
    }

    /** The same where arrays of numbers are more than vectors, or are read by somebody else: none is lifted out. */
    public static <T> T plainly(byte[] body, Class<T> type) {
        try {
            T read = JSON.readValue(body, type);
            if (read == null) {
                throw Problem.of(400, "the body must be an object, was null");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw Problem.of(400, message(e, tree(body)));
        } catch (IOException e) {
            throw new IllegalStateException("bytes can be read", e);
        }
    }

    /**
     * The value at fault is looked up in a second reading: errors are rare, and the first keeps no tree. It also finds what is
     * no JSON at all behind what does not fit.
     */
    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.of(400, syntax(e));
        } catch (IOException e) {
            throw new IllegalStateException("bytes can be read", e);
        }
    }

    private static String message(JsonProcessingException error, JsonNode tree) {
        if (!(error instanceof JsonMappingException mapping)) {
            return syntax(error);
        }
        if (error.getCause() instanceof JsonProcessingException cause && !(cause instanceof InputCoercionException)) {
            return syntax(cause);
        }
        String field = mapping.getPath().isEmpty() ? "the body" : path(mapping);
        if (error instanceof UnrecognizedPropertyException unknown) {
            return field + " is not a field there" + known(unknown.getKnownPropertyIds());
        }
        @Nullable
        Class<?> type = error.getCause() instanceof InputCoercionException range
                ? range.getTargetType()
                : error instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        boolean element = field.endsWith("]");
        return type == null
                ? field + ": " + shortened(error.getOriginalMessage())
                : field + " must be " + wanted(type, element) + ", was " + value(mapping, tree);
    }

    private static String syntax(JsonProcessingException error) {
        return "the body must be JSON in UTF-8: " + shortened(error.getOriginalMessage()) + at(error);
    }

    private static String value(JsonMappingException error, JsonNode tree) {
        JsonNode at = tree;
        for (JsonMappingException.Reference step : error.getPath()) {
            at = step.getFieldName() == null ? at.path(step.getIndex()) : at.path(step.getFieldName());
        }
        return at.isMissingNode() ? "something else" : shortened(at);
    }

    private static String path(JsonMappingException error) {
        String path = error.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String at(JsonProcessingException error) {
        return error.getLocation() == null
                ? ""
                : " (line " + error.getLocation().getLineNr() + ", column "
                        + error.getLocation().getColumnNr() + ")";
    }

    private static String known(@Nullable Collection<Object> fields) {
        return fields == null
                ? ""
                : "; the fields are "
                        + new TreeSet<>(fields.stream().map(String::valueOf).toList());
    }

    private static String wanted(Class<?> type, boolean element) {
        if (type == double[].class && !element) {
            return "an array of numbers, or little-endian float32 in base64";
        }
        if (type == double[].class || type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number of at most 4 bytes";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "text";
        }
        if (type.isEnum()) {
            return "one of " + JSON.convertValue(type.getEnumConstants(), List.class);
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value).lines().findFirst().orElse("");
        String shown = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
