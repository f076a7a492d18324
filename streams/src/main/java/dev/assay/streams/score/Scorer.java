package dev.assay.streams.score;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.ScoreReply;
import dev.assay.streams.adapt.ScoreReply.ScoredCandidate;
import dev.assay.streams.adapt.ScoreRequest;
import dev.assay.streams.adapt.ScoreRequest.Centre;
import dev.assay.streams.admit.FeatureSpace;
import dev.assay.streams.admit.Refusal;
import dev.assay.streams.admit.SentResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and a snapshot to a reply: the whole of scoring, without a topic. */
public final class Scorer {
    private static final int MAX_IDENTIFIER = 512;
    /** Beyond it 1 - level has no digits left in float64 and quantiles mean nothing. */
    private static final double MAX_LEVEL = 1 - 1e-12;

    private final FeatureSpace featureSpace;
    private final double defaultLevel;
    private final int maxCandidates;

    /**
     * @param featureSpace candidates to φ
     * @param defaultLevel level of the intervals where a request names none
     * @param maxCandidates most candidates of one request
     */
    public Scorer(FeatureSpace featureSpace, double defaultLevel, int maxCandidates) {
        this.featureSpace = featureSpace;
        this.defaultLevel = defaultLevel;
        this.maxCandidates = maxCandidates;
    }

    /**
     * Scores.
     *
     * @param model the newest snapshot; null if there is none yet
     */
    public ScoreReply score(ScoreRequest request, @Nullable ScoringModel model) {
        Optional<String> fault = fault(request);
        if (fault.isPresent()) {
            return new ScoreReply.Refused(request.requestId(), fault.get());
        }
        if (model == null) {
            return new ScoreReply.Unavailable(request.requestId(), "no snapshot has been published yet");
        }
        ParameterSnapshot snapshot = model.snapshot();
        if (!snapshot.featureSpace().equals(featureSpace.id())) {
            return new ScoreReply.Unavailable(
                    request.requestId(),
                    "the newest snapshot is of feature space " + snapshot.featureSpace() + ", this scorer has "
                            + featureSpace.id());
        }
        Optional<Covariance> covariance = model.precision(request.covariance()).map(ScoringModel.Precision::covariance);
        if (covariance.isEmpty()) {
            return new ScoreReply.Unavailable(
                    request.requestId(),
                    "snapshot " + snapshot.version() + " has no covariance " + request.covariance()
                            + ": its information is singular or its annotators too few");
        }
        try {
            return scored(request, snapshot, covariance.get());
        } catch (Refusal e) {
            return new ScoreReply.Refused(request.requestId(), String.valueOf(e.getMessage()));
        }
    }

    private ScoreReply scored(ScoreRequest request, ParameterSnapshot snapshot, Covariance covariance) throws Refusal {
        double level = level(request);
        List<Vector> features = features(request);
        Inference inference = new Inference(snapshot.parameters(), covariance, level);
        List<Candidate> candidates = Candidate.all(features, inference);
        List<ScoredCandidate> scores = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Interval reward = candidate.reward();
            String id = request.candidates().get(candidate.index()).candidateId();
            scores.add(
                    new ScoredCandidate(id, reward.estimate(), reward.standardError(), reward.lower(), reward.upper()));
        }
        return new ScoreReply.Scored(
                request.requestId(),
                snapshot.version(),
                snapshot.featureSpace(),
                level,
                ScoringModel.choiceOf(covariance.kind()),
                request.centre(),
                scores,
                BestOfN.select(candidates).chosen(),
                PessimisticBestOfN.select(candidates).chosen(),
                inference.quantile(),
                null,
                null);
    }

    private List<Vector> features(ScoreRequest request) throws Refusal {
        List<SentResponse> candidates = request.candidates().stream()
                .map(candidate -> new SentResponse(candidate.features(), candidate.text()))
                .toList();
        List<Vector> features = featureSpace.features(request.featureSpace(), candidates).stream()
                .map(Vector::ofFloats)
                .toList();
        return request.centre() == Centre.CANDIDATES ? centred(features) : features;
    }

    private static List<Vector> centred(List<Vector> features) {
        Vector sum = features.stream().reduce(Vector::plus).orElseThrow();
        Vector mean = sum.times(1.0 / features.size());
        return features.stream().map(vector -> vector.minus(mean)).toList();
    }

    private double level(ScoreRequest request) {
        Double level = request.level();
        return level == null ? defaultLevel : level;
    }

    private Optional<String> fault(ScoreRequest request) {
        int count = request.candidates().size();
        double level = level(request);
        if (request.requestId().isBlank() || request.requestId().length() > MAX_IDENTIFIER) {
            return Optional.of("requestId must have 1 to " + MAX_IDENTIFIER + " characters, has "
                    + request.requestId().length());
        }
        if (count < 1 || count > maxCandidates) {
            return Optional.of("candidates must be 1 to " + maxCandidates + ", were " + count);
        }
        if (!(level > 0 && level <= MAX_LEVEL)) {
            return Optional.of("level must be above 0 and at most 1 - 1e-12, was " + level);
        }
        return Optional.empty();
    }
}
