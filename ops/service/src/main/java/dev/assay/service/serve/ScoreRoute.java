package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.selection.Candidate;
import dev.assay.service.http.Answer;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/score}: rewards with bounds, MODEL (14). */
final class ScoreRoute {
    private final ScoringDesk desk;
    private final KeptDecisions decisions;

    ScoreRoute(ScoringDesk desk, KeptDecisions decisions) {
        this.desk = desk;
        this.decisions = decisions;
    }

    /** What it takes. */
    static final class Body extends Asked {
        @JsonProperty("responses")
        @Nullable
        List<@Nullable ResponseBody> responses;
    }

    Answer answer(byte[] bytes) {
        Body body = RequestBody.read(bytes, Body.class);
        Scoring scoring = desk.scoring(body, Centre.FEATURE_SPACE);
        FeatureRows features = desk.features("responses", body.responses, body.featureSpace);
        List<Candidate> candidates = scoring.candidates(features);
        Map<String, Object> answer = ScoringDesk.headWithCenter(scoring);
        answer.put("responses", ScoringDesk.scored(Objects.requireNonNull(body.responses), candidates));
        decisions.keep(ServeEndpoint.SCORE.path(), bytes, scoring, features, candidates, null);
        return new Answer(200, answer);
    }
}
