package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /classify} of vLLM, by which verl asks a reward model: a classifier with one class. */
final class Classify {
    private static final String LABEL = "reward";

    private Classify() {}

    /**
     * What is read of a request.
     *
     * @param input a text or several
     * @param activation whether to answer a number between 0 and 1; null: yes
     * @param useActivation the same by its newer name
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Body(
            @JsonProperty("input") @Nullable JsonNode input,
            @JsonProperty("activation") @Nullable Boolean activation,
            @JsonProperty("use_activation") @Nullable Boolean useActivation) {}

    /** @param id of the answer */
    static Map<String, Object> answer(Body body, String id, Rewarding rewarding) {
        JsonNode input = body.input();
        List<String> texts = input != null && input.isTextual() ? List.of(input.textValue()) : Texts.of("input", input);
        Rewards rewards = rewarding.of("input", Texts.responses(texts));
        boolean raw = Boolean.FALSE.equals(body.useActivation() == null ? body.activation() : body.useActivation());
        List<Map<String, Object>> data = new ArrayList<>(texts.size());
        for (int index = 0; index < texts.size(); index++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("index", index);
            one.put("label", LABEL);
            one.put("probs", new double[] {rewards.score(index, !raw)});
            one.put("num_classes", 1);
            data.add(one);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", "classify-" + id);
        answer.put("object", "list");
        answer.put("model", rewards.model());
        answer.put("data", data);
        answer.put("usage", Map.of("prompt_tokens", 0, "total_tokens", 0)); // We count none.
        return answer;
    }
}
