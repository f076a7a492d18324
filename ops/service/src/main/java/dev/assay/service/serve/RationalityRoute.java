package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/rationality}: how sharply somebody in a context judges, σ with its interval: MODEL (15). */
final class RationalityRoute {
    private final ScoringDesk desk;

    RationalityRoute(ScoringDesk desk) {
        this.desk = desk;
    }

    /** What it takes: one context or several. */
    static final class Body extends Asked {
        @JsonProperty("context")
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty("contexts")
        @Nullable
        List<@Nullable Map<String, @Nullable Object>> contexts;
    }

    Answer answer(byte[] bytes) {
        Body body = RequestBody.read(bytes, Body.class);
        if ((body.context == null) == (body.contexts == null)) {
            throw Problem.of(
                    400,
                    "either context or contexts must be given, was " + (body.context == null ? "neither" : "both"));
        }
        Scoring scoring = desk.scoring(body, Centre.FEATURE_SPACE);
        List<Map<String, Object>> found = new ArrayList<>();
        if (body.context != null) {
            found.add(rationality(scoring, scoring.inference(), "context", body.context));
        } else {
            List<@Nullable Map<String, @Nullable Object>> contexts = java.util.Objects.requireNonNull(body.contexts);
            desk.requireCount("contexts", contexts.size());
            Inference inference = scoring.inference();
            for (int i = 0; i < contexts.size(); i++) {
                found.add(rationality(scoring, inference, "contexts[" + i + "]", contexts.get(i)));
            }
        }
        Map<String, Object> answer = ScoringDesk.head(scoring);
        answer.put("contexts", found);
        return new Answer(200, answer);
    }

    private Map<String, Object> rationality(
            Scoring scoring, Inference inference, String field, @Nullable Map<String, @Nullable Object> context) {
        if (context == null) {
            throw Problem.of(400, field + " must be an object, was null");
        }
        ContextFeatures features = desk.context(field, context, scoring);
        Interval rationality = inference.rationality(features.offset(), Vector.ofFloats(features.context()));
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rationality", rationality.estimate());
        one.put("standard_error", rationality.standardError());
        one.put("lower", rationality.lower());
        one.put("upper", rationality.upper());
        one.put("unseen_levels", features.unseenLevels());
        one.put("missing", features.missing());
        return one;
    }
}
