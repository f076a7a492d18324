package dev.assay.streams.features.embed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The wire format of an embedding server. */
public enum Contract {
    /** {@code POST /v1/embeddings {"model","input":[…]}}, answered {@code {"data":[{"index","embedding":[…]}]}}. */
    @JsonProperty("openai")
    OPENAI("/v1/embeddings"),
    /** Text Embeddings Inference: {@code POST /embed {"inputs":[…],"truncate":true}}, answered {@code [[…]]}. */
    @JsonProperty("tei")
    TEI("/embed");

    private final String path;

    Contract(String path) {
        this.path = path;
    }

    /** @return the address asked: without a path, the contract's own is added */
    URI endpoint(URI server) {
        String given = server.getPath();
        return given == null || given.isEmpty() || given.equals("/") ? server.resolve(path) : server;
    }

    /** @param model for {@link #OPENAI}; a TEI server has one only */
    byte[] request(@Nullable String model, List<String> texts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (this == OPENAI) {
            body.put("model", model);
            texts.forEach(body.putArray("input")::add);
        } else {
            texts.forEach(body.putArray("inputs")::add);
            body.put("truncate", true);
        }
        return Json.bytes(body);
    }

    /**
     * @param body of the answer
     * @param count texts asked for
     * @return one array of numbers a text, in the order of the texts
     * @throws EmbeddingFailure NONE naming what is missing, of another kind or too many
     */
    List<JsonNode> vectors(JsonNode body, int count) throws EmbeddingFailure {
        JsonNode list = this == OPENAI ? body.path("data") : body;
        String name = this == OPENAI ? "data" : "the answer";
        if (!list.isArray() || list.size() != count) {
            throw EmbeddingFailure.none(name + " must be a list of " + count + " embeddings, was "
                    + (list.isArray() ? "one of " + list.size() : kindOf(list)));
        }
        return this == OPENAI ? byIndex(list) : inOrder(list);
    }

    /** @return the name as a config file writes it */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<JsonNode> inOrder(JsonNode list) {
        List<JsonNode> vectors = new ArrayList<>(list.size());
        list.forEach(vectors::add);
        return vectors;
    }

    /** The contract does not promise the order of the request. */
    private static List<JsonNode> byIndex(JsonNode list) throws EmbeddingFailure {
        @Nullable JsonNode[] vectors = new JsonNode[list.size()];
        for (JsonNode item : list) {
            JsonNode index = item.path("index");
            int at = index.isIntegralNumber() && index.canConvertToInt() ? index.intValue() : -1;
            if (at < 0 || at >= vectors.length || vectors[at] != null) {
                throw EmbeddingFailure.none("data[].index must name each of 0 to " + (vectors.length - 1)
                        + " once, was " + (at >= 0 && at < vectors.length ? at + " twice" : Json.brief(index)));
            }
            vectors[at] = item.path("embedding");
        }
        return Arrays.asList(vectors);
    }

    private static String kindOf(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
