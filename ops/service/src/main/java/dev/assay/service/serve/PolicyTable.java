package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.PolicyComparison;
import dev.assay.estimator.inference.PolicyComparisons;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.IntervalAnswer;
import dev.assay.service.serve.desk.RequestOptions;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several policies over the same prompts, every pair with its simultaneous interval: MODEL (17). */
final class PolicyTable {
    static final int MOST_POLICIES = 64;

    private final ScoringDesk desk;

    PolicyTable(ScoringDesk desk) {
        this.desk = desk;
    }

    /** A policy with its responses, one a prompt, in the same order as the others'. */
    @Doc(name = "Policy")
    record PolicyBody(
            @Doc(value = "Its name.", required = true) @Nullable
            String policy,

            @Doc(
                    value =
                            "One a prompt, in the same order of prompts for all policies; 2 to score.max-candidates, 4096 unless configured.",
                    minItems = 2,
                    required = true)
            @Nullable
            List<@Nullable ResponseBody> responses) {}

    /** What is answered. */
    @Doc(name = "ComparePoliciesAnswer", value = "All pairs of policies.")
    record Compared(
            @JsonUnwrapped Head.Simultaneous head,

            @Doc(value = "Responses of each policy, m.", min = 2)
            int prompts,

            @Doc(value = "Standard errors to each side: the quantile of the largest |T| over the pairs.", min = 0)
            double criticalValue,

            @Doc("Policies 0 and 1, 0 and 2, …, 1 and 2, …") List<Pair> comparisons) {}

    /** A pair of policies. */
    @Doc(
            name = "PolicyComparison",
            value =
                    "A pair of policies, mean rewards, nats. lower and upper hold together with those of all other pairs.")
    record Pair(
            @Doc("Name of a policy.") String first,

            @Doc("Name of another.") String second,

            @JsonUnwrapped IntervalAnswer interval,

            @JsonUnwrapped Tests tests,

            @Doc(value = "Of the estimate because θ is estimated, nats².", min = 0)
            double estimationVariance,

            @Doc(value = "Of the estimate because the prompts are a sample, nats².", min = 0)
            double promptVariance) {
        static Pair of(PolicyComparison pair, List<String> names) {
            return new Pair(
                    names.get(pair.first()),
                    names.get(pair.second()),
                    IntervalAnswer.of(pair.test().interval()),
                    new Tests(
                            IntervalAnswer.finite(pair.test().statistic()),
                            pair.test().pValue(),
                            pair.holm(),
                            pair.maximum()),
                    pair.estimationVariance(),
                    pair.promptVariance());
        }
    }

    /** Of no difference. */
    record Tests(
            @Doc("Estimate by standard error; null where that is 0 and the estimate is not.") @Nullable
            Double z,

            @Doc(value = "Two-sided, of this pair alone.", min = 0, max = 1)
            double pValue,

            @JsonProperty("holm_p_value") @Doc(value = "Adjusted for all pairs by Holm.", min = 0, max = 1)
            double holm,

            @JsonProperty("maximum_p_value")
            @Doc(
                    value = "Adjusted by the distribution of the largest |Z|. Use this or Holm's, not the smaller.",
                    min = 0,
                    max = 1)
            double maximum) {}

    Compared comparisons(RequestOptions asked, List<@Nullable PolicyBody> policies) {
        Scoring scoring = desk.scoring(asked, Centring.FEATURE_SPACE);
        double level = level(scoring);
        if (policies.size() < 2 || policies.size() > MOST_POLICIES) {
            throw HttpProblem.of(400, "policies must be 2 to " + MOST_POLICIES + ", were " + policies.size());
        }
        List<String> names = new ArrayList<>();
        List<List<Vector>> features = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            PolicyBody policy = policies.get(i);
            if (policy == null || policy.policy() == null || policy.responses() == null) {
                throw HttpProblem.of(
                        400, "policies[" + i + "] must be an object with policy and responses, was without");
            }
            List<Vector> rows = desk.features("policies[" + i + "].responses", policy.responses(), asked.featureSpace)
                    .rows();
            int prompts = features.isEmpty() ? rows.size() : features.get(0).size();
            if (rows.size() != prompts || prompts < 2) {
                throw HttpProblem.of(
                        400,
                        "policies[" + i + "].responses must be "
                                + (prompts < 2 ? "at least 2" : prompts + " as those of the first policy") + ", were "
                                + rows.size());
            }
            String name = policy.policy();
            if (name.isEmpty() || name.length() > Judgment.LONGEST_ID || names.contains(name)) {
                throw HttpProblem.of(
                        400,
                        "policies[" + i + "].policy must have 1 to " + Judgment.LONGEST_ID
                                + " characters and be none of the earlier, had " + name.length()
                                + (names.contains(name) ? ", as policies[" + names.indexOf(name) + "]" : ""));
            }
            names.add(name);
            features.add(rows);
        }
        PolicyComparisons compared = PolicyComparisons.of(features, scoring.inference(), level, Scoring.DRAWS);
        return new Compared(
                Head.Simultaneous.of(scoring),
                compared.prompts(),
                compared.criticalValue(),
                compared.comparisons().stream()
                        .map(pair -> Pair.of(pair, names))
                        .toList());
    }

    /** @throws HttpProblem 400 if the request asked for a quantile: what holds together holds at a level */
    static double level(Scoring scoring) {
        Double level = scoring.level();
        if (level == null) {
            throw HttpProblem.of(
                    400,
                    "quantile must not be given for policies, whose intervals hold together at a level; was "
                            + scoring.quantile());
        }
        return level;
    }
}
