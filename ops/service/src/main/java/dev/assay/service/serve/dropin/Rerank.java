package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/rerank} of vLLM and Jina and {@code POST /rerank} of Text Embeddings Inference, told apart by {@code texts}.
 * The texts are responses to the query; their rewards do not depend on it, as φ is of the response alone.
 */
final class Rerank {
    private Rerank() {}

    /**
     * What is read of either request.
     *
     * @param documents vLLM's and Jina's: texts, or objects with one
     * @param topN of those, how many of the best to answer; null, 0: all
     * @param returnDocuments of those, whether to send them back; null: yes
     * @param activation of those, whether to answer numbers between 0 and 1; null: no
     * @param useActivation the same by its newer name
     * @param texts those of Text Embeddings Inference
     * @param rawScores of those, whether to answer rewards; null: no, numbers between 0 and 1
     * @param returnText of those, whether to send them back; null: no
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Body(
            @JsonProperty("documents") @Nullable JsonNode documents,
            @JsonProperty("top_n") @Nullable Integer topN,
            @JsonProperty("return_documents") @Nullable Boolean returnDocuments,
            @JsonProperty("activation") @Nullable Boolean activation,
            @JsonProperty("use_activation") @Nullable Boolean useActivation,
            @JsonProperty("texts") @Nullable JsonNode texts,
            @JsonProperty("raw_scores") @Nullable Boolean rawScores,
            @JsonProperty("return_text") @Nullable Boolean returnText) {}

    /** @param id of the answer, for vLLM's and Jina's clients */
    static Object answer(Body body, String id, Rewarding rewarding) {
        boolean texts = body.texts() != null && !body.texts().isNull();
        boolean documents = body.documents() != null && !body.documents().isNull();
        Require.that(!(texts && documents), "texts and documents exclude each other, both were given");
        return texts ? textsRanked(body, rewarding) : documentsRanked(body, id, rewarding);
    }

    private static List<Map<String, Object>> textsRanked(Body body, Rewarding rewarding) {
        List<String> texts = Texts.of("texts", body.texts());
        Rewards rewards = rewarding.of("texts", Texts.responses(texts));
        boolean raw = Boolean.TRUE.equals(body.rawScores());
        boolean returned = Boolean.TRUE.equals(body.returnText());
        List<Map<String, Object>> ranked = new ArrayList<>(texts.size());
        for (int index : rewards.ranked()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("index", index);
            if (returned) {
                one.put("text", texts.get(index));
            }
            one.put("score", rewards.score(index, !raw));
            ranked.add(one);
        }
        return ranked;
    }

    private static Map<String, Object> documentsRanked(Body body, String id, Rewarding rewarding) {
        int top = body.topN() == null ? 0 : body.topN();
        Require.that(top >= 0, "top_n must be 0, for all, or more, was %s", top);
        List<String> documents = Texts.of("documents", body.documents());
        Rewards rewards = rewarding.of("documents", Texts.responses(documents));
        boolean activated =
                Boolean.TRUE.equals(body.useActivation() == null ? body.activation() : body.useActivation());
        boolean returned = !Boolean.FALSE.equals(body.returnDocuments());
        List<Map<String, Object>> results = new ArrayList<>();
        for (int index : rewards.ranked().subList(0, top == 0 ? documents.size() : Math.min(top, documents.size()))) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("index", index);
            if (returned) {
                one.put("document", Map.of("text", documents.get(index)));
            }
            one.put("relevance_score", rewards.score(index, activated));
            results.add(one);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", "rerank-" + id);
        answer.put("model", rewards.model());
        answer.put("usage", Map.of("total_tokens", 0)); // We count none.
        answer.put("results", results);
        return answer;
    }
}
