package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.TestedDifference;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.IntervalAnswer;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.RequestOptions;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
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
    @Doc(
            name = "CompareRequest",
            value =
                    "Two responses, with a context as somebody in it would judge them; or several policies that answered the same prompts, which needs a level.",
            eitherOf = {"first,second", "policies"})
    static final class Body extends RequestOptions {
        @JsonProperty
        @Nullable
        ResponseBody first;

        @JsonProperty
        @Nullable
        ResponseBody second;

        @JsonProperty
        @Doc(RationalityRoute.CONTEXT)
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty
        @Doc(value = "With as many responses each.", minItems = 2, maxItems = PolicyTable.MOST_POLICIES)
        @Nullable
        List<PolicyTable.@Nullable PolicyBody> policies;
    }

    /** What it answers of two responses. */
    @Doc(name = "ComparePairAnswer", value = "Two responses.")
    record Pair(
            @JsonUnwrapped Head head,

            @Doc("Reward of the first less that of the second, MODEL (17), nats.")
            IntervalAnswer difference,

            @Doc("Difference by its standard error; null where that is 0 and the difference is not.") @Nullable
            Double z,

            @Doc(name = "p_value", value = "Two-sided, of no difference.", min = 0, max = 1)
            double pValue,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Doc("With a context: σ in it, MODEL (15).") @Nullable
            IntervalAnswer rationality,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Doc("With a context: σ times the difference, by the delta method, MODEL (16), nats.")
            @Nullable
            IntervalAnswer margin,

            @Doc("That the first is preferred: in the context, else at rationality 1.")
            Probability probabilityFirst) {}

    /** The margin's interval, mapped: what holds for a margin holds for its probability. */
    record Probability(
            @Doc(value = "1/(1 + exp(-margin)), MODEL (1).", min = 0, max = 1)
            double estimate,

            @Doc(value = "Of the margin's lower end.", min = 0, max = 1)
            double lower,

            @Doc(value = "Of the margin's upper end.", min = 0, max = 1)
            double upper) {
        static Probability of(Interval margin) {
            return new Probability(
                    ChoiceModel.probability(margin.estimate()),
                    ChoiceModel.probability(margin.lower()),
                    ChoiceModel.probability(margin.upper()));
        }
    }

    Route route() {
        return Route.post("/v1/compare", this::answer)
                .named("compare", "Two responses, or several policies")
                .saying("MODEL (16), (17).")
                .takes(Body.class)
                .answers(Pair.class, PolicyTable.Compared.class)
                .refuses(503);
    }

    private HttpAnswer answer(Request request) {
        Body body = RequestBody.read(request.body(), Body.class);
        if (body.policies != null) {
            if (body.first != null || body.second != null || body.context != null) {
                throw HttpProblem.of(400, "policies must stand alone, was beside first, second or context");
            }
            return new HttpAnswer(200, table.comparisons(body, body.policies));
        }
        return new HttpAnswer(200, pair(body));
    }

    private Pair pair(Body body) {
        if (body.first == null || body.second == null) {
            throw HttpProblem.of(
                    400,
                    "first and second, or policies, must be given, was without "
                            + (body.first == null ? "first" : "second"));
        }
        Scoring scoring = desk.scoring(body, Centring.FEATURE_SPACE);
        FeatureRows features =
                desk.features(i -> i == 0 ? "first" : "second", List.of(body.first, body.second), body.featureSpace);
        Vector difference = features.row(0).minus(features.row(1));
        Inference inference = scoring.inference();
        TestedDifference tested = inference.testDifference(features.row(0), features.row(1));
        IntervalAnswer rationality = null;
        Interval margin = tested.interval(); // at rationality 1
        if (body.context != null) {
            ContextFeatures context = desk.context("context", body.context, scoring);
            Vector psi = Vector.ofFloats(context.context());
            margin = inference.margin(new Comparison(context.offset(), psi, difference, 1, 1));
            rationality = IntervalAnswer.of(inference.rationality(context.offset(), psi));
        }
        return new Pair(
                Head.of(scoring),
                IntervalAnswer.of(tested.interval()),
                IntervalAnswer.finite(tested.statistic()),
                tested.pValue(),
                rationality,
                rationality == null ? null : IntervalAnswer.of(margin),
                Probability.of(margin));
    }
}
