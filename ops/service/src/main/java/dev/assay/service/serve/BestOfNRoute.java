package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/best-of-n}: MODEL (19), (20) or (21), with the chosen one's margin over the runner-up. */
final class BestOfNRoute {

    private final ScoringDesk desk;
    private final KeptDecisions decisions;

    BestOfNRoute(ScoringDesk desk, KeptDecisions decisions) {
        this.desk = desk;
        this.decisions = decisions;
    }

    /** How to choose. */
    enum Policy {
        @JsonProperty("pessimistic")
        PESSIMISTIC,
        @JsonProperty("plain")
        PLAIN,
        @JsonProperty("abstain")
        ABSTAIN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it takes. */
    static final class Body extends Asked {
        @JsonProperty("candidates")
        @Nullable
        List<@Nullable ResponseBody> candidates;

        @JsonProperty("policy")
        @Nullable
        Policy policy;
    }

    Answer answer(byte[] bytes) {
        Body body = RequestBody.read(bytes, Body.class);
        Scoring scoring = desk.scoring(body, Centre.CANDIDATES);
        FeatureRows features = desk.features("candidates", body.candidates, body.featureSpace);
        Policy policy = body.policy == null ? Policy.PESSIMISTIC : body.policy;
        List<@Nullable ResponseBody> responses = Objects.requireNonNull(body.candidates);
        List<Candidate> candidates = scoring.candidates(features);
        int best = BestOfN.select(candidates).chosen();
        int pessimistic = PessimisticBestOfN.select(candidates).chosen();

        Map<String, Object> answer = ScoringDesk.headWithCenter(scoring);
        answer.put("policy", policy.word());
        Map<String, Object> abstaining = new LinkedHashMap<>();
        Integer chosen = switch (policy) {
            case PESSIMISTIC -> (Integer) pessimistic;
            case PLAIN -> (Integer) best;
            case ABSTAIN -> decided(scoring, features, abstaining);
        };
        answer.put("chosen", chosen);
        if (chosen != null) {
            ResponseBody response = responses.get(chosen);
            if (response != null && response.id() != null) {
                answer.put("chosen_id", response.id());
            }
        }
        answer.put("best", best);
        answer.put("pessimistic", pessimistic);
        answer.put("margin", margin(policy, candidates, scoring, features));
        if (policy == Policy.ABSTAIN) {
            answer.put("abstaining", abstaining);
        }
        answer.put("candidates", ScoringDesk.scored(responses, candidates));
        decisions.keep(kind(policy), bytes, scoring, features, candidates, chosen);
        return new Answer(200, answer);
    }

    private static String kind(Policy policy) {
        String path = ServeEndpoint.BEST_OF_N.path();
        return policy == Policy.PESSIMISTIC ? path : path + Decision.Origin.OTHER_POLICY + policy.word();
    }

    /** The chosen one against whoever would be chosen without it; with abstention, the best-looking against the second. */
    private static @Nullable Map<String, Object> margin(
            Policy policy, List<Candidate> candidates, Scoring scoring, FeatureRows features) {
        if (candidates.size() < 2) {
            return null;
        }
        Comparator<Candidate> order = policy == Policy.PESSIMISTIC ? PessimisticBestOfN.ORDER : BestOfN.ORDER;
        int first = candidates.stream().max(order).orElseThrow().index();
        int second = candidates.stream()
                .filter(one -> one.index() != first)
                .max(order)
                .orElseThrow()
                .index();
        Map<String, Object> margin = new LinkedHashMap<>();
        margin.put("runner_up", second);
        margin.putAll(ScoringDesk.interval(scoring.difference(features, first, second)));
        return margin;
    }

    private @Nullable Integer decided(Scoring scoring, FeatureRows features, Map<String, Object> abstaining) {
        Double level = scoring.level();
        if (level == null) {
            throw Problem.of(400, "policy abstain needs a level, was given quantile " + scoring.quantile());
        }
        if (features.count() > Scoring.MOST_TO_ABSTAIN) {
            throw Problem.of(
                    400,
                    "candidates must be at most " + Scoring.MOST_TO_ABSTAIN + " to abstain, were " + features.count());
        }
        AbstainingSet set = AbstainingSet.of(features.rows(), scoring.inference(), level, Scoring.DRAWS);
        abstaining.put("decided", set.decided());
        abstaining.put("indices", set.indices());
        abstaining.put("critical_value", set.criticalValue());
        abstaining.put(
                "behind", set.behind().stream().map(ScoringDesk::interval).toList());
        return set.decided() ? (Integer) set.winner() : null;
    }
}
