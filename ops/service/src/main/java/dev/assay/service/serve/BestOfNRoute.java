package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Centring;
import dev.assay.estimator.selection.PessimisticBestOfN;
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
import dev.assay.service.serve.desk.ScoredResponse;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.Decision;
import dev.assay.streams.score.Scored;
import dev.assay.streams.score.Scorer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/best-of-n}: MODEL (19), (20) or (21), with the chosen one's margin over the runner-up. */
record BestOfNRoute(ScoringDesk desk, KeptDecisions decisions) {
    static final String PATH = "/v1/best-of-n";

    /** How to choose. */
    enum Policy {
        @JsonProperty("pessimistic")
        PESSIMISTIC,
        @JsonProperty("plain")
        PLAIN,
        @JsonProperty("abstain")
        ABSTAIN
    }

    /** What it takes. */
    @Doc(name = "BestOfNRequest", inherited = "center=candidates")
    static final class Body extends RequestOptions {
        @JsonProperty
        @Doc(value = "1 to score.max-candidates, 4096 unless configured.", minItems = 1, required = true)
        @Nullable
        List<@Nullable ResponseBody> candidates;

        @JsonProperty
        @Doc(
                value =
                        "plain: the highest reward, MODEL (19). pessimistic: the highest lower bound, MODEL (20). abstain: the best only if it is significantly better than all others, MODEL (21); needs a level.",
                unless = "pessimistic")
        @Nullable
        Policy policy;
    }

    /** What it answers. */
    @Doc(name = "BestOfNAnswer", value = "A choice among candidates.")
    record Choice(
            @JsonUnwrapped Head.WithCenter head,

            @JsonUnwrapped Chosen choice,

            @Doc("Null of a single candidate.") @Nullable Margin margin,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Doc("With policy abstain.") @Nullable
            Abstaining abstaining,

            @Doc("In the order of the request.") List<ScoredResponse> candidates) {}

    /** Who is chosen, and who would be by the other policies. */
    record Chosen(
            @Doc("That chose.") Policy policy,

            @Doc(value = "Place of the chosen one in the request, from 0; null where policy abstain abstains.", min = 0)
            @Nullable
            Integer chosen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Doc("Its id, if it has one.") @Nullable
            String chosenId,

            @Doc(value = "Place of the highest reward.", min = 0)
            int best,

            @Doc(value = "Place of the highest lower bound.", min = 0)
            int pessimistic) {}

    /** How far the first is ahead. */
    @Doc(
            name = "Margin",
            value =
                    "The chosen one against the runner-up, MODEL (17); with policy abstain the two of the highest rewards. The interval is of this difference alone, nats.")
    record Margin(
            @Doc(value = "Who would be chosen without the chosen one; its place in the request.", min = 0)
            int runnerUp,

            @JsonUnwrapped IntervalAnswer interval) {}

    /** What an abstaining choice goes by. */
    @Doc(name = "Abstaining", value = "MODEL (21).")
    record Abstaining(
            @Doc("Whether one candidate is significantly better than all others.")
            boolean decided,

            @Doc(
                    value = "Candidates that are not significantly worse than the best, ascending.",
                    minItems = 1,
                    eachMin = 0)
            List<Integer> indices,

            @Doc(value = "Standard errors to each side in behind: the quantile of the largest |Z|.", min = 0)
            double criticalValue,

            @Doc(
                    "By how much the best is ahead of each candidate, nats, in the order of the request; the intervals hold together. 0 for the best itself.")
            List<IntervalAnswer> behind) {
        static Abstaining of(AbstainingSet set) {
            return new Abstaining(
                    set.decided(),
                    set.indices(),
                    set.criticalValue(),
                    set.behind().stream().map(IntervalAnswer::of).toList());
        }
    }

    Route route() {
        return Route.post(PATH, this::answer)
                .named("bestOfN", "The best of N candidates")
                .saying("Counted from the candidates' mean unless said otherwise: the pessimistic choice depends on the"
                        + " origin, and only what candidates differ by matters in choosing.")
                .takes(Body.class)
                .answers(Choice.class)
                .refuses(503);
    }

    private HttpAnswer answer(Request request) {
        Body body = RequestBody.read(request.body(), Body.class);
        Policy policy = body.policy == null ? Policy.PESSIMISTIC : body.policy;
        Scored scored = desk.scored(body, Centring.CANDIDATES, "candidates", body.candidates);
        int best = scored.best();
        int pessimistic = scored.pessimistic();
        AbstainingSet set = policy == Policy.ABSTAIN ? abstaining(scored) : null;
        Integer chosen = switch (policy) {
            case PESSIMISTIC -> (Integer) pessimistic;
            case PLAIN -> (Integer) best;
            case ABSTAIN -> set != null && set.decided() ? (Integer) set.winner() : null;
        };
        List<@Nullable ResponseBody> responses = Objects.requireNonNull(body.candidates);
        ResponseBody response = chosen == null ? null : responses.get(chosen);
        // The chosen one against whoever would be chosen without it; with abstention, the best-looking against the
        // second.
        Margin margin = scored.lead(policy == Policy.PESSIMISTIC ? PessimisticBestOfN.ORDER : BestOfN.ORDER)
                .map(lead -> new Margin(lead.runnerUp(), IntervalAnswer.of(lead.difference())))
                .orElse(null);
        decisions.keep(kind(policy), request.body(), scored, chosen);
        return new HttpAnswer(
                200,
                new Choice(
                        Head.WithCenter.of(scored.scoring()),
                        new Chosen(policy, chosen, response == null ? null : response.id(), best, pessimistic),
                        margin,
                        set == null ? null : Abstaining.of(set),
                        ScoredResponse.of(responses, scored.candidates())));
    }

    private static String kind(Policy policy) {
        return policy == Policy.PESSIMISTIC ? PATH : PATH + Decision.Origin.OTHER_POLICY + Head.word(policy);
    }

    private static AbstainingSet abstaining(Scored scored) {
        Double level = scored.scoring().level();
        if (level == null) {
            throw HttpProblem.of(
                    400,
                    "policy abstain needs a level, was given quantile "
                            + scored.scoring().quantile());
        }
        Scorer.requireFewToAbstain(scored.features().count());
        return scored.abstaining(level);
    }
}
