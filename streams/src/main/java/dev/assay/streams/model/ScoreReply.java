package dev.assay.streams.model;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.score.ScoredCandidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer: scores of one snapshot, or the reason there are none. */
public sealed interface ScoreReply extends ScoreAnswer {
    /** @return as in the request; empty where the request could not be read */
    String requestId();

    /**
     * All candidates scored from one snapshot.
     *
     * @param requestId as in the request
     * @param basis what the answer rests on
     * @param candidates in the order of the request
     * @param best index of the highest reward, MODEL (19)
     * @param pessimistic index of the highest lower bound, MODEL (20)
     * @param margin of the pessimistic choice over the next; null of a single candidate
     * @param abstaining null unless asked for
     */
    record Scored(
            String requestId,
            Basis basis,
            List<ScoredCandidate> candidates,
            int best,
            int pessimistic,
            @Nullable Margin margin,
            @Nullable Abstaining abstaining)
            implements ScoreReply {}

    /**
     * What an answer rests on.
     *
     * @param parameterVersion the snapshot
     * @param featureSpace id of its feature space
     * @param level level of the intervals; where a quantile was asked for, the one it comes to
     * @param covariance MODEL or CLUSTERED
     * @param centre the origin of the rewards
     * @param quantile standard errors to each side of the intervals
     */
    record Basis(
            long parameterVersion,
            String featureSpace,
            double level,
            CovarianceKind covariance,
            Centring centre,
            double quantile) {}

    /** The request is at fault: {@code reason} names field, bound and value. */
    record Refused(String requestId, String reason) implements ScoreReply {}

    /** There is no usable snapshot yet; the same request may succeed later. */
    record Unavailable(String requestId, String reason) implements ScoreReply {}

    /** Read after its deadline; nothing was computed. */
    record Expired(String requestId, String reason) implements ScoreReply {}

    /**
     * How far the pessimistic choice is ahead of the candidate next in the same order.
     *
     * @param runnerUp index of the next
     * @param difference reward of the choice minus that of the next, MODEL (17)
     */
    record Margin(int runnerUp, Interval difference) {}

    /**
     * The candidates that are not significantly worse than the best, MODEL (21).
     *
     * @param level of all comparisons together
     * @param set the set
     */
    record Abstaining(double level, AbstainingSet set) {}
}
