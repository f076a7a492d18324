package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.features.SentResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in a request, however its client wraps them. */
final class Texts {
    private static final int LONGEST_SHOWN = 80;

    private Texts() {}

    /** @return each element of an array: a text, or the {@code text} of an object */
    static List<String> of(String field, @Nullable JsonNode node) {
        if (node == null || !node.isArray()) {
            throw misfit(field, "an array of texts", node);
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            boolean wrapped = element.isObject();
            JsonNode text = wrapped ? element.get("text") : element;
            if (text == null || !text.isTextual()) {
                throw misfit(field + "[" + texts.size() + "]" + (wrapped ? ".text" : ""), "a text", text);
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** @return what is to be scored */
    static List<SentResponse> responses(List<String> texts) {
        return texts.stream().map(text -> new SentResponse(null, text)).toList();
    }

    static IllegalArgumentException misfit(String field, String wanted, @Nullable JsonNode found) {
        return new IllegalArgumentException(
                field + " must be " + wanted + ", was " + (found == null ? "missing" : shown(found.toString())));
    }

    /** @return somebody's value as a message may have it: not long, on one line */
    static String shown(String value) {
        String shown = value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN - 1) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
