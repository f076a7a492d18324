package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.inference.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /get_reward}, as OpenRLHF asks a remote reward model. */
final class OpenRlhf {
    private OpenRlhf() {}

    /**
     * What is read of a request; labels are answers to check, of which we know nothing.
     *
     * @param query prompt and response in one text each
     * @param prompts the prompts alone, as many; may be missing
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Body(
            @JsonProperty("query") @Nullable JsonNode query,
            @JsonProperty("prompts") @Nullable JsonNode prompts) {}

    static Map<String, Object> answer(Body body, Rewarding rewarding) {
        List<String> queries = Texts.of("query", body.query());
        // Clients with several servers send those for whom there is nothing left empty arrays, and count on an answer.
        return queries.isEmpty()
                ? written(new double[0], new double[0], new double[0], new double[0], new double[0])
                : written(rewarding.of("query", Texts.responses(responses(queries, body.prompts()))));
    }

    /** What follows the prompt, where the query begins with it: a template or a tokenizer may have changed it. */
    private static List<String> responses(List<String> queries, @Nullable JsonNode prompts) {
        if (prompts == null || prompts.isNull() || prompts.isEmpty()) {
            return queries;
        }
        if (!prompts.isArray()) {
            throw Texts.misfit("prompts", "an array of texts", prompts);
        }
        Require.that(
                prompts.size() == queries.size(),
                "prompts must be as many as query, %s, were %s",
                queries.size(),
                prompts.size());
        List<String> responses = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i);
            JsonNode prompt = prompts.get(i);
            boolean begins = prompt.isTextual() && query.startsWith(prompt.textValue());
            responses.add(begins ? query.substring(prompt.textValue().length()) : query);
        }
        return responses;
    }

    private static Map<String, Object> written(Rewards rewards) {
        return written(
                rewards.all(rewards.choice()),
                rewards.all(Interval::standardError),
                rewards.all(Interval::lower),
                rewards.all(Interval::upper),
                rewards.all(Interval::estimate));
    }

    private static Map<String, Object> written(
            double[] rewards, double[] standardErrors, double[] lower, double[] upper, double[] means) {
        Map<String, Object> logs = new LinkedHashMap<>(); // tensors are made of them: numbers only, one a query
        logs.put("standard_error", standardErrors);
        logs.put("lower", lower);
        logs.put("upper", upper);
        logs.put("mean", means);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("rewards", rewards);
        answer.put("scores", rewards);
        answer.put("extra_logs", logs);
        return answer;
    }
}
