package dev.assay.streams.score;

import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreReply.ScoredCandidate;
import dev.assay.streams.model.ScoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and a snapshot to a reply: the whole of scoring, without a topic. */
public final class Scorer {
    private static final int MAX_IDENTIFIER = 512;

    private final FeatureSpace featureSpace;
    private final double defaultLevel;
    private final int maxCandidates;

    /**
     * @param featureSpace candidates to φ
     * @param defaultLevel level of the intervals where a request names none
     * @param maxCandidates most candidates of one request, and of a batch together
     */
    public Scorer(FeatureSpace featureSpace, double defaultLevel, int maxCandidates) {
        this.featureSpace = featureSpace;
        this.defaultLevel = defaultLevel;
        this.maxCandidates = maxCandidates;
    }

    /**
     * A reply and what it was computed from.
     *
     * @param reply the reply
     * @param basis null where nothing was scored
     */
    public record Answer(ScoreReply reply, @Nullable Basis basis) {}

    /**
     * What a scored reply was computed from.
     *
     * @param scoring the way of counting
     * @param features Φ before centring
     * @param candidates with bounds
     * @param chosen index of the pessimistic best of N
     */
    public record Basis(Scoring scoring, FeatureRows features, List<Candidate> candidates, int chosen) {}

    /** @return why a batch is refused as a whole; empty if its requests can be answered one by one */
    public Optional<String> fault(ScoreBatch batch) {
        Optional<String> id = identifierFault("batchId", batch.batchId());
        if (id.isPresent()) {
            return id;
        }
        if (batch.requests().isEmpty()) {
            return Optional.of("requests must be at least 1, were 0");
        }
        return batch.candidates() > maxCandidates
                ? Optional.of("candidates of all requests together must be at most " + maxCandidates + ", were "
                        + batch.candidates())
                : Optional.empty();
    }

    /**
     * Scores.
     *
     * @param model the newest snapshot; null if there is none yet
     */
    public Answer answer(ScoreRequest request, @Nullable ScoringModel model) {
        Optional<String> fault = fault(request);
        if (fault.isPresent()) {
            return refused(request, fault.get());
        }
        if (model == null) {
            return unavailable(request, "no snapshot has been published yet");
        }
        ParameterSnapshot snapshot = model.snapshot();
        if (!snapshot.spaces().featureSpace().equals(featureSpace.id())) {
            return unavailable(
                    request,
                    "the newest snapshot is of feature space "
                            + snapshot.spaces().featureSpace() + ", this scorer has " + featureSpace.id());
        }
        try {
            ScoringOptions options =
                    new ScoringOptions(request.level(), request.quantile(), request.covariance(), request.centre());
            Optional<Scoring> scoring = Scoring.of(model, options, defaultLevel);
            return scoring.isEmpty()
                    ? unavailable(request, Scoring.noCovariance(model, request.covariance()))
                    : scored(request, scoring.get());
        } catch (Refusal | IllegalArgumentException e) { // the second is what options out of their bounds throw
            return refused(request, String.valueOf(e.getMessage()));
        }
    }

    private Answer scored(ScoreRequest request, Scoring scoring) throws Refusal {
        FeatureRows features = FeatureRows.of(features(request), featureSpace.dimension());
        List<Candidate> candidates = scoring.candidates(features);
        int chosen = PessimisticBestOfN.select(candidates).chosen();
        List<ScoredCandidate> scores = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            var reward = candidate.reward();
            String id = request.candidates().get(candidate.index()).candidateId();
            scores.add(
                    new ScoredCandidate(id, reward.estimate(), reward.standardError(), reward.lower(), reward.upper()));
        }
        Double level = scoring.level();
        ScoreReply reply = new ScoreReply.Scored(
                request.requestId(),
                scoring.snapshot().version(),
                scoring.snapshot().spaces().featureSpace(),
                level != null ? level : 1 - scoring.covariance().pValue(scoring.quantile()),
                scoring.covarianceChoice(),
                scoring.centre(),
                scores,
                BestOfN.select(candidates).chosen(),
                chosen,
                scoring.quantile(),
                margin(scoring, features, candidates, chosen),
                request.abstain() ? abstaining(scoring, features) : null);
        return new Answer(reply, new Basis(scoring, features, candidates, chosen));
    }

    private List<float[]> features(ScoreRequest request) throws Refusal {
        return featureSpace.features(
                request.featureSpace(),
                request.candidates().stream()
                        .map(candidate -> new SentResponse(candidate.features(), candidate.text()))
                        .toList());
    }

    private static ScoreReply.@Nullable Margin margin(
            Scoring scoring, FeatureRows features, List<Candidate> candidates, int chosen) {
        return candidates.stream()
                .filter(candidate -> candidate.index() != chosen)
                .max(PessimisticBestOfN.ORDER)
                .map(next -> new ScoreReply.Margin(next.index(), scoring.difference(features, chosen, next.index())))
                .orElse(null);
    }

    private ScoreReply.Abstaining abstaining(Scoring scoring, FeatureRows features) {
        Double level = scoring.level();
        double together = level != null ? level : defaultLevel;
        return new ScoreReply.Abstaining(
                together, AbstainingSet.of(features.rows(), scoring.inference(), together, Scoring.DRAWS));
    }

    private Optional<String> fault(ScoreRequest request) {
        int count = request.candidates().size();
        Optional<String> id = identifierFault("requestId", request.requestId());
        if (id.isPresent()) {
            return id;
        }
        if (count < 1 || count > maxCandidates) {
            return Optional.of("candidates must be 1 to " + maxCandidates + ", were " + count);
        }
        if (request.abstain() && count > Scoring.MOST_TO_ABSTAIN) {
            return Optional.of("candidates must be at most " + Scoring.MOST_TO_ABSTAIN + " to abstain, were " + count);
        }
        return Optional.empty();
    }

    private static Optional<String> identifierFault(String field, String id) {
        return id.isBlank() || id.length() > MAX_IDENTIFIER
                ? Optional.of(field + " must have 1 to " + MAX_IDENTIFIER + " characters, has " + id.length())
                : Optional.empty();
    }

    private static Answer refused(ScoreRequest request, String reason) {
        return new Answer(new ScoreReply.Refused(shown(request.requestId()), reason), null);
    }

    private static Answer unavailable(ScoreRequest request, String reason) {
        return new Answer(new ScoreReply.Unavailable(request.requestId(), reason), null);
    }

    /** @return an identifier as replies repeat it: of one that is too long what it should have been, so that it fits */
    static String shown(String id) {
        return id.length() > MAX_IDENTIFIER ? id.substring(0, MAX_IDENTIFIER) : id;
    }
}
