package dev.assay.service.ingest.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON to trees, item by item. What is wrong with an item that ends where it should is heard only when it has ended, so that
 * the next one can be read: a name that stands twice, bytes that are no text. NaN and Infinity are numbers, as Python writes
 * them, and no field of a judgment takes them.
 */
final class JsonTree {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // A message must not show other people's texts.
            .build();
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*"); // the parser's own words
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TextReader text;
    private @Nullable String wrong;

    JsonTree(TextReader text) {
        this.text = text;
    }

    /**
     * @param parser at the first token of a value; afterwards at its last
     * @throws JsonRefusal if the value has ended, but is none to be used
     */
    JsonNode read(JsonParser parser) throws IOException, JsonRefusal {
        JsonNode value = value(parser);
        requireUsable();
        return value;
    }

    /** @throws JsonRefusal if what {@link #value} has read since is none to be used */
    void requireUsable() throws JsonRefusal {
        String said = wrong;
        wrong = null;
        if (said != null) {
            throw new JsonRefusal(said);
        }
    }

    /** Reads a value, for {@link #requireUsable} to say what is wrong with it. */
    JsonNode value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonEOFException(parser, null, "it ends before a value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                parser.nextToken();
                yield array(parser);
            }
            case VALUE_STRING -> NODES.textNode(checked(parser.getText()));
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            member(object, name, parser);
        }
        return object;
    }

    /** @param parser at the first token of the member's value */
    void member(ObjectNode object, String name, JsonParser parser) throws IOException {
        if (object.replace(checked(name), value(parser)) != null) {
            wrong = Shown.of(name) + " must stand once, stands twice";
        }
    }

    /** @param parser at the first token within the array */
    ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
            parser.nextToken();
        }
        return array;
    }

    private String checked(String read) {
        if (HalfCharacters.in(read)) {
            wrong = text.escaped()
                    ? text.saidOfEscapes()
                    : "a text must have whole characters, has half of one: a surrogate without the other";
        }
        return read;
    }

    /** @return in words why it is no JSON */
    String unreadable(JsonProcessingException e, boolean line) {
        var at = e.getLocation();
        String said = START_MARKER
                .matcher(e.getOriginalMessage().lines().findFirst().orElse(""))
                .replaceFirst("");
        return "not JSON: " + Shown.of(said)
                + (at == null
                        ? ""
                        : " (" + (line ? "" : "line " + at.getLineNr() + ", ") + "column " + at.getColumnNr() + ")")
                + (text.escaped() ? "; it has " + text.saidOfEscapes() : "");
    }
}
