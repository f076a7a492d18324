package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.TestedDifference;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/compare}: two responses, or several policies over prompts: MODEL (16) and (17). */
final class CompareRoute {
    private final ScoringDesk desk;
    private final PolicyTable table;

    CompareRoute(ScoringDesk desk) {
        this.desk = desk;
        table = new PolicyTable(desk);
    }

    /** What it takes: first and second, or policies. */
    static final class Body extends Asked {
        @JsonProperty("first")
        @Nullable
        ResponseBody first;

        @JsonProperty("second")
        @Nullable
        ResponseBody second;

        @JsonProperty("context")
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty("policies")
        @Nullable
        List<PolicyTable.@Nullable PolicyBody> policies;
    }

    Answer answer(byte[] bytes) {
        Body body = RequestBody.read(bytes, Body.class);
        if (body.policies != null) {
            if (body.first != null || body.second != null || body.context != null) {
                throw Problem.of(400, "policies must stand alone, was beside first, second or context");
            }
            return table.comparisons(body, body.policies);
        }
        return pair(body);
    }

    private Answer pair(Body body) {
        if (body.first == null || body.second == null) {
            throw Problem.of(
                    400,
                    "first and second, or policies, must be given, was without "
                            + (body.first == null ? "first" : "second"));
        }
        Scoring scoring = desk.scoring(body, Centre.FEATURE_SPACE);
        FeatureRows features =
                desk.features(i -> i == 0 ? "first" : "second", List.of(body.first, body.second), body.featureSpace);
        Vector difference = features.row(0).minus(features.row(1));
        Inference inference = scoring.inference();
        TestedDifference tested = inference.testDifference(features.row(0), features.row(1));
        Map<String, Object> answer = ScoringDesk.head(scoring);
        answer.put("difference", ScoringDesk.interval(tested.interval()));
        answer.put("z", ScoringDesk.finite(tested.statistic()));
        answer.put("p_value", tested.pValue());
        Interval margin = tested.interval(); // at rationality 1
        if (body.context != null) {
            ContextFeatures context = desk.context("context", body.context, scoring);
            Vector psi = Vector.ofFloats(context.context());
            margin = inference.margin(new Comparison(context.offset(), psi, difference, 1, 1));
            answer.put("rationality", ScoringDesk.interval(inference.rationality(context.offset(), psi)));
            answer.put("margin", ScoringDesk.interval(margin));
        }
        answer.put("probability_first", probability(margin));
        return new Answer(200, answer);
    }

    /** The margin's interval, mapped: what holds for a margin holds for its probability. */
    private static Map<String, Object> probability(Interval margin) {
        Map<String, Object> probability = new LinkedHashMap<>();
        probability.put("estimate", ChoiceModel.probability(margin.estimate()));
        probability.put("lower", ChoiceModel.probability(margin.lower()));
        probability.put("upper", ChoiceModel.probability(margin.upper()));
        return probability;
    }
}
