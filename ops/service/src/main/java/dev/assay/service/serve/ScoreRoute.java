package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.RequestOptions;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoredResponse;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.score.Scored;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/score}: rewards with bounds, MODEL (14). */
record ScoreRoute(ScoringDesk desk, KeptDecisions decisions) {
    static final String PATH = "/v1/score";

    /** What it takes. */
    @Doc(name = "ScoreRequest", inherited = "center=feature-space")
    static final class Body extends RequestOptions {
        @JsonProperty
        @Doc(value = "1 to score.max-candidates, 4096 unless configured.", minItems = 1, required = true)
        @Nullable
        List<@Nullable ResponseBody> responses;
    }

    /** What it answers. */
    @Doc(name = "ScoreAnswer", value = "Rewards of responses.")
    record Scores(
            @JsonUnwrapped Head.WithCenter head,

            @Doc("In the order of the request.") List<ScoredResponse> responses) {}

    Route route() {
        return Route.post(PATH, this::answer)
                .named("score", "Rewards with standard errors and bounds")
                .saying("MODEL (14).")
                .takes(Body.class)
                .answers(Scores.class)
                .refuses(503);
    }

    private HttpAnswer answer(Request request) {
        Body body = RequestBody.read(request.body(), Body.class);
        Scored scored = desk.scored(body, Centring.FEATURE_SPACE, "responses", body.responses);
        decisions.keep(PATH, request.body(), scored, null);
        return new HttpAnswer(
                200,
                new Scores(
                        Head.WithCenter.of(scored.scoring()),
                        ScoredResponse.of(Objects.requireNonNull(body.responses), scored.candidates())));
    }
}
