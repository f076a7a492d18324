package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
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
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/rationality}: how sharply somebody in a context judges, σ with its interval: MODEL (15). */
final class RationalityRoute {
    private final ScoringDesk desk;

    RationalityRoute(ScoringDesk desk) {
        this.desk = desk;
    }

    /** Of attributes in a request. */
    static final String CONTEXT =
            "Attributes of annotator, task and moment, as in judgments. One that is missing, and a level"
                    + " the config does not list, counts as the reference.";

    /** What it takes: one context or several. */
    @Doc(
            name = "RationalityRequest",
            value = "Either context or contexts.",
            eitherOf = {"context", "contexts"})
    static final class Body extends RequestOptions {
        @JsonProperty
        @Doc(CONTEXT)
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty
        @Doc(value = "1 to score.max-candidates, 4096 unless configured.", minItems = 1)
        @Nullable
        List<@Nullable Map<String, @Nullable Object>> contexts;
    }

    /** What it answers. */
    @Doc(name = "RationalityAnswer", value = "How sharply annotators judge.")
    record Rationalities(
            @JsonUnwrapped Head head,

            @Doc("In the order of the request.") List<Rationality> contexts) {}

    /** Of one context. */
    @Doc(name = "Rationality", value = "MODEL (15); no unit.")
    record Rationality(
            @Doc("σ = ψ₀ + γᵀψ: 1 judges as the reference, 0 at random, below 0 against the reward.")
            double rationality,

            @Doc(value = "Null where it is not estimable, as both bounds.", min = 0) @Nullable
            Double standardError,

            @Nullable Double lower,

            @Nullable Double upper,

            @Doc(value = "Attributes whose level the config does not list; they count as the reference.", min = 0)
            int unseenLevels,

            @Doc(value = "Attributes that were not given; likewise.", min = 0)
            int missing) {}

    Route route() {
        return Route.post("/v1/rationality", this::answer)
                .named("rationality", "How sharply annotators judge")
                .saying("MODEL (15).")
                .takes(Body.class)
                .answers(Rationalities.class)
                .refuses(503);
    }

    private HttpAnswer answer(Request request) {
        Body body = RequestBody.read(request.body(), Body.class);
        if ((body.context == null) == (body.contexts == null)) {
            throw HttpProblem.of(
                    400,
                    "either context or contexts must be given, was " + (body.context == null ? "neither" : "both"));
        }
        Scoring scoring = desk.scoring(body, Centring.FEATURE_SPACE);
        List<Rationality> found = new ArrayList<>();
        if (body.context != null) {
            found.add(rationality(scoring, scoring.inference(), "context", body.context));
        } else {
            List<@Nullable Map<String, @Nullable Object>> contexts = Objects.requireNonNull(body.contexts);
            desk.requireCount("contexts", contexts.size());
            Inference inference = scoring.inference();
            for (int i = 0; i < contexts.size(); i++) {
                found.add(rationality(scoring, inference, "contexts[" + i + "]", contexts.get(i)));
            }
        }
        return new HttpAnswer(200, new Rationalities(Head.of(scoring), found));
    }

    private Rationality rationality(
            Scoring scoring, Inference inference, String field, @Nullable Map<String, @Nullable Object> context) {
        if (context == null) {
            throw HttpProblem.of(400, field + " must be an object, was null");
        }
        ContextFeatures features = desk.context(field, context, scoring);
        Interval rationality = inference.rationality(features.offset(), Vector.ofFloats(features.context()));
        return new Rationality(
                rationality.estimate(),
                IntervalAnswer.finite(rationality.standardError()),
                IntervalAnswer.finite(rationality.lower()),
                IntervalAnswer.finite(rationality.upper()),
                features.unseenLevels(),
                features.missing());
    }
}
