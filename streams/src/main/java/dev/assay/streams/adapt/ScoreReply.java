package dev.assay.streams.adapt;

import dev.assay.streams.adapt.ScoreRequest.Centre;
import dev.assay.streams.adapt.ScoreRequest.CovarianceChoice;
import java.util.List;

/** One answer: scores of one snapshot, or the reason there are none. */
public sealed interface ScoreReply {
    /** @return as in the request; empty where the request could not be read */
    String requestId();

    /**
     * All candidates scored from one snapshot.
     *
     * @param requestId as in the request
     * @param parameterVersion the snapshot
     * @param featureSpace id of its feature space
     * @param level level of the intervals
     * @param covariance MODEL or CLUSTERED
     * @param centre the origin of the rewards
     * @param candidates in the order of the request
     * @param best index of the highest reward, MODEL (19)
     * @param pessimistic index of the highest lower bound, MODEL (20)
     */
    record Scored(
            String requestId,
            long parameterVersion,
            String featureSpace,
            double level,
            CovarianceChoice covariance,
            Centre centre,
            List<ScoredCandidate> candidates,
            int best,
            int pessimistic)
            implements ScoreReply {}

    /** The request is at fault: {@code reason} names field, bound and value. */
    record Refused(String requestId, String reason) implements ScoreReply {}

    /** There is no usable snapshot yet; the same request may succeed later. */
    record Unavailable(String requestId, String reason) implements ScoreReply {}

    /**
     * A candidate's reward with its uncertainty, MODEL (14).
     *
     * @param candidateId as in the request
     * @param reward log-odds at rationality 1
     * @param standardError same unit
     * @param lower lower end of the two-sided interval
     * @param upper upper end
     */
    record ScoredCandidate(String candidateId, double reward, double standardError, double lower, double upper) {}
}
