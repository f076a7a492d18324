package dev.assay.streams.score;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.schemas.score.ScoredCandidate;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topic's requests to the scorer's words, and what it says to the topic's replies. */
final class ScoreAnswers {
    private final Scorer scorer;

    ScoreAnswers(Scorer scorer) {
        this.scorer = scorer;
    }

    /**
     * A reply and what it was computed from.
     *
     * @param basis null where nothing was scored
     */
    record Answered(ScoreReply reply, @Nullable Scored basis) {}

    /** @return why a batch is refused as a whole; empty if its requests can be answered one by one */
    Optional<String> refusal(ScoreBatch batch) {
        Optional<String> id = identifierRefusal("batchId", batch.batchId());
        if (id.isPresent()) {
            return id;
        }
        if (batch.requests().isEmpty()) {
            return Optional.of("requests must be at least 1, were 0");
        }
        int most = scorer.maxResponses();
        return batch.candidates() > most
                ? Optional.of(
                        "candidates of all requests together must be at most " + most + ", were " + batch.candidates())
                : Optional.empty();
    }

    /** @param model the newest snapshot; null if there is none yet */
    Answered answer(ScoreRequest request, @Nullable ScoringModel model) {
        try {
            identifierRefusal("requestId", request.requestId()).ifPresent(ScoreAnswers::refuse);
            scorer.requireCount("candidates", request.candidates().size());
            if (request.abstain()) {
                Scorer.requireFewToAbstain(request.candidates().size());
            }
            ScoringModel usable = scorer.usable(model);
            Scoring scoring = scorer.scoring(
                    usable,
                    new ScoringOptions(request.level(), request.quantile(), request.covariance(), request.centre()));
            List<SentResponse> sent = request.candidates().stream()
                    .map(candidate -> new SentResponse(candidate.features(), candidate.text()))
                    .toList();
            Scored scored = scorer.score(scoring, scorer.features(null, sent, request.featureSpace()));
            return new Answered(reply(request, scored), scored);
        } catch (NotScored e) {
            String reason = String.valueOf(e.getMessage());
            return new Answered(
                    switch (e.why()) {
                        case REFUSED, FEATURES_UNAVAILABLE -> refused(request, reason);
                        case NO_SNAPSHOT, OTHER_SNAPSHOT -> new ScoreReply.Unavailable(request.requestId(), reason);
                    },
                    null);
        } catch (IllegalArgumentException e) { // what options out of their bounds throw
            return new Answered(refused(request, String.valueOf(e.getMessage())), null);
        }
    }

    private ScoreReply reply(ScoreRequest request, Scored scored) {
        Scoring scoring = scored.scoring();
        Double level = scoring.level();
        double together = level != null ? level : scorer.defaultLevel();
        return new ScoreReply.Scored(
                request.requestId(),
                new ScoreReply.Basis(
                        scoring.snapshot().version(),
                        scoring.snapshot().spaces().featureSpace(),
                        level != null ? level : 1 - scoring.covariance().pValue(scoring.quantile()),
                        scoring.covarianceChoice(),
                        scoring.centre(),
                        scoring.quantile()),
                scored.candidates().stream()
                        .map(candidate -> candidate(
                                request.candidates().get(candidate.index()).candidateId(), candidate.reward()))
                        .toList(),
                scored.best(),
                scored.pessimistic(),
                scored.lead(PessimisticBestOfN.ORDER)
                        .map(lead -> new ScoreReply.Margin(lead.runnerUp(), lead.difference()))
                        .orElse(null),
                request.abstain() ? new ScoreReply.Abstaining(together, scored.abstaining(together)) : null);
    }

    private static ScoredCandidate candidate(String id, Interval reward) {
        return new ScoredCandidate(id, reward.estimate(), reward.standardError(), reward.lower(), reward.upper());
    }

    private static Optional<String> identifierRefusal(String field, String id) {
        return id.isBlank() || id.length() > Judgment.LONGEST_ID
                ? Optional.of(field + " must have 1 to " + Judgment.LONGEST_ID + " characters, has " + id.length())
                : Optional.empty();
    }

    private static void refuse(String reason) {
        throw new NotScored(NotScored.Why.REFUSED, reason);
    }

    private static ScoreReply refused(ScoreRequest request, String reason) {
        return new ScoreReply.Refused(shown(request.requestId()), reason);
    }

    /** @return an identifier as replies repeat it: of one that is too long what it should have been, so that it fits */
    static String shown(String id) {
        return id.length() > Judgment.LONGEST_ID ? id.substring(0, Judgment.LONGEST_ID) : id;
    }
}
