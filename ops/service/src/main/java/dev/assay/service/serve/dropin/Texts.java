package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in a request, however its client wraps them. */
final class Texts {
    private Texts() {}

    /** @return each element of an array: a text, or the {@code text} of an object */
    static List<String> of(String field, @Nullable JsonNode node) {
        if (node == null || !node.isArray()) {
            throw refusal(field, "an array of texts", node);
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            boolean wrapped = element.isObject();
            JsonNode text = wrapped ? element.get("text") : element;
            if (text == null || !text.isTextual()) {
                throw refusal(field + "[" + texts.size() + "]" + (wrapped ? ".text" : ""), "a text", text);
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** @return what is to be scored */
    static List<SentResponse> responses(List<String> texts) {
        return texts.stream().map(text -> new SentResponse(null, text)).toList();
    }

    static IllegalArgumentException refusal(String field, String wanted, @Nullable JsonNode found) {
        return new IllegalArgumentException(
                field + " must be " + wanted + ", was " + (found == null ? "missing" : Shown.of(found.toString())));
    }
}
