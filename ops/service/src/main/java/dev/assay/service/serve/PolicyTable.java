package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.PolicyComparison;
import dev.assay.estimator.inference.PolicyComparisons;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several policies over the same prompts, every pair with its simultaneous interval: MODEL (17). */
final class PolicyTable {
    private static final int MOST_POLICIES = 64;
    private static final int LONGEST_NAME = 512;

    private final ScoringDesk desk;

    PolicyTable(ScoringDesk desk) {
        this.desk = desk;
    }

    /** A policy with its responses, one a prompt, in the same order as the others'. */
    record PolicyBody(
            @JsonProperty("policy") @Nullable String policy,
            @JsonProperty("responses") @Nullable List<@Nullable ResponseBody> responses) {}

    Answer comparisons(Asked asked, List<@Nullable PolicyBody> policies) {
        Scoring scoring = desk.scoring(asked, Centre.FEATURE_SPACE);
        double level = level(scoring);
        if (policies.size() < 2 || policies.size() > MOST_POLICIES) {
            throw Problem.of(400, "policies must be 2 to " + MOST_POLICIES + ", were " + policies.size());
        }
        List<String> names = new ArrayList<>();
        List<List<Vector>> features = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            PolicyBody policy = policies.get(i);
            if (policy == null || policy.policy() == null || policy.responses() == null) {
                throw Problem.of(400, "policies[" + i + "] must be an object with policy and responses, was without");
            }
            List<Vector> rows = desk.features("policies[" + i + "].responses", policy.responses(), asked.featureSpace)
                    .rows();
            int prompts = features.isEmpty() ? rows.size() : features.get(0).size();
            if (rows.size() != prompts || prompts < 2) {
                throw Problem.of(
                        400,
                        "policies[" + i + "].responses must be "
                                + (prompts < 2 ? "at least 2" : prompts + " as those of the first policy") + ", were "
                                + rows.size());
            }
            String name = policy.policy();
            if (name.isEmpty() || name.length() > LONGEST_NAME || names.contains(name)) {
                throw Problem.of(
                        400,
                        "policies[" + i + "].policy must have 1 to " + LONGEST_NAME
                                + " characters and be none of the earlier, had " + name.length()
                                + (names.contains(name) ? ", as policies[" + names.indexOf(name) + "]" : ""));
            }
            names.add(name);
            features.add(rows);
        }
        PolicyComparisons compared = PolicyComparisons.of(features, scoring.inference(), level, Scoring.DRAWS);
        Map<String, Object> answer = ScoringDesk.headOfSimultaneous(scoring);
        answer.put("prompts", compared.prompts());
        answer.put("critical_value", compared.criticalValue());
        answer.put("comparisons", words(compared, names));
        return new Answer(200, answer);
    }

    /** @throws Problem 400 if the request asked for a quantile: what holds together holds at a level */
    static double level(Scoring scoring) {
        Double level = scoring.level();
        if (level == null) {
            throw Problem.of(
                    400,
                    "quantile must not be given for policies, whose intervals hold together at a level; was "
                            + scoring.quantile());
        }
        return level;
    }

    private static List<Map<String, Object>> words(PolicyComparisons compared, List<String> names) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (PolicyComparison pair : compared.comparisons()) {
            Interval interval = pair.test().interval();
            Map<String, Object> words = new LinkedHashMap<>();
            words.put("first", names.get(pair.first()));
            words.put("second", names.get(pair.second()));
            words.putAll(ScoringDesk.interval(interval));
            words.put("z", ScoringDesk.finite(pair.test().statistic()));
            words.put("p_value", pair.test().pValue());
            words.put("holm_p_value", pair.holm());
            words.put("maximum_p_value", pair.maximum());
            words.put("estimation_variance", pair.estimationVariance());
            words.put("prompt_variance", pair.promptVariance());
            pairs.add(words);
        }
        return pairs;
    }
}
