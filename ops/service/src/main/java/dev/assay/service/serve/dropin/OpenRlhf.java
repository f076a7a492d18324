package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.settings.CallerRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /get_reward}, as OpenRLHF asks a remote reward model. */
final class OpenRlhf {
    private OpenRlhf() {}

    /** What is read of a request; labels are answers to check, of which we know nothing. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Doc(name = "GetRewardRequest", value = "As OpenRLHF sends it. Other fields are read over.")
    record Body(
            @Doc(
                    value =
                            "Prompt and response in one text each; none to score.max-candidates, 4096 unless configured.",
                    required = true,
                    kinds = String[].class)
            @Nullable
            JsonNode query,

            @Doc(
                    value = "As many, or none: where a query begins with its prompt, what follows is scored.",
                    kinds = String[].class)
            @Nullable
            JsonNode prompts,

            @Doc(value = "Read over.", kinds = Object[].class) @Nullable
            JsonNode labels) {}

    /** What it is answered. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    @Doc(name = "GetRewardAnswer")
    record Rewarded(
            @Doc("serve.reward: lower end or estimate, nats; in the order of query.")
            double[] rewards,

            @Doc("The same.") double[] scores,

            Logs extraLogs) {}

    /** Tensors are made of them: numbers only, one a query. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    @Doc(name = "GetRewardLogs", value = "Nats.")
    record Logs(double[] standardError, double[] lower, double[] upper, double[] mean) {}

    static Route route(DropIns dropIns) {
        return dropIns.posted(
                        "/get_reward",
                        (request, rewarding) -> answer(Request.json(request.body(), Body.class), rewarding))
                .by(CallerRole.READ)
                .named("getReward", "OpenRLHF's remote reward model")
                .saying("Empty arrays are answered by empty arrays. The model's features must be made of text.")
                .takes(Body.class)
                .answers(Rewarded.class);
    }

    static Rewarded answer(Body body, Rewarding rewarding) {
        List<String> queries = Texts.of("query", body.query());
        // Clients with several servers send those for whom there is nothing left empty arrays, and count on an answer.
        if (queries.isEmpty()) {
            double[] none = {};
            return new Rewarded(none, none, new Logs(none, none, none, none));
        }
        Rewards rewards = rewarding.of("query", Texts.responses(responses(queries, body.prompts())));
        double[] chosen = rewards.all(rewards.choice());
        return new Rewarded(
                chosen,
                chosen,
                new Logs(
                        rewards.all(Interval::standardError),
                        rewards.all(Interval::lower),
                        rewards.all(Interval::upper),
                        rewards.all(Interval::estimate)));
    }

    /** What follows the prompt, where the query begins with it: a template or a tokenizer may have changed it. */
    private static List<String> responses(List<String> queries, @Nullable JsonNode prompts) {
        if (prompts == null || prompts.isNull() || prompts.isEmpty()) {
            return queries;
        }
        if (!prompts.isArray()) {
            throw Texts.refusal("prompts", "an array of texts", prompts);
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
}
