package dev.assay.streams.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** Bytes to what is asked for, strictly: one value in UTF-8, no field twice, none that is not known, a text is no number. */
public final class StrictJson {
    private static final ObjectMapper MAPPER = mapper();
    private static final Pattern FIELD_OF_A_TOPIC = Pattern.compile("^[a-z]+([A-Z][a-z]+)+(?= must )");

    private StrictJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
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

    /** @return reads that type as {@link #read} does, for who has more to say of how */
    public static ObjectReader reader(Class<?> type) {
        return MAPPER.readerFor(type);
    }

    /** @throws JsonRefusal naming field, bound and value */
    public static <T> T read(byte[] json, Class<T> type) throws JsonRefusal {
        try {
            T read = MAPPER.readValue(json, type);
            if (read == null) {
                throw new JsonRefusal("the body must be an object, was null");
            }
            return read;
        } catch (JsonProcessingException e) {
            // Looked up in a second reading: errors are rare, and the first keeps no tree.
            throw new JsonRefusal(JsonErrors.OF_A_BODY.inWords(e, tree(json, JsonErrors.OF_A_BODY)));
        } catch (IOException e) {
            throw unreadable(e, JsonErrors.OF_A_BODY);
        }
    }

    /**
     * @param words for what is wrong
     * @throws JsonRefusal if it is no JSON, or more than one value
     */
    public static JsonNode tree(byte[] json, JsonErrors words) throws JsonRefusal {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new JsonRefusal(words.unreadable(e));
        } catch (IOException e) {
            throw unreadable(e, words);
        }
    }

    /**
     * A refusal in JSON's words. The stages name fields as the topics do, in camelCase.
     *
     * @param refusal begins with the field it is about, then {@code must}; any other stays as it is
     */
    public static String inJson(String refusal) {
        return FIELD_OF_A_TOPIC
                .matcher(refusal)
                .replaceFirst(field -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.group()));
    }

    /** No I/O here: an invalid encoding. */
    private static JsonRefusal unreadable(IOException e, JsonErrors words) {
        return new JsonRefusal(words.unreadable() + ": " + Shown.of(e.getMessage()));
    }
}
