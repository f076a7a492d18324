package dev.assay.streams.model;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * N candidate responses to be scored and chosen from; nothing here is checked yet.
 *
 * @param requestId comes back in the reply
 * @param candidates the candidates
 * @param level level of the two-sided intervals; null: the deployment's
 * @param covariance which covariance the bounds rest on
 * @param centre the origin rewards are measured from
 * @param featureSpace name or id of the feature space of the features; null: the deployment's own
 * @param quantile instead of a level: standard errors to each side; null: as the level says
 * @param abstain whether the candidates that are not significantly worse than the best are wanted too, MODEL (21)
 */
public record ScoreRequest(
        String requestId,
        List<Candidate> candidates,
        @Nullable Double level,
        CovarianceKind covariance,
        Centring centre,
        @Nullable String featureSpace,
        @Nullable Double quantile,
        boolean abstain)
        implements ScoreMessage {

    /** Intervals by level, and no abstaining. */
    public ScoreRequest(
            String requestId,
            List<Candidate> candidates,
            @Nullable Double level,
            CovarianceKind covariance,
            Centring centre,
            @Nullable String featureSpace) {
        this(requestId, candidates, level, covariance, centre, featureSpace, null, false);
    }

    @Override
    public String id() {
        return requestId;
    }

    /**
     * One response to score.
     *
     * @param candidateId comes back in the reply
     * @param text the response, where features are made of text
     * @param features φ, where the client sends vectors
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
    public record Candidate(String candidateId, @Nullable String text, float @Nullable [] features) {}
}
