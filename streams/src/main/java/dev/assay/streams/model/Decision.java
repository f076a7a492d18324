package dev.assay.streams.model;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request was answered, enough to compute it again bit for bit.
 *
 * @param origin the request
 * @param basis what was answered from, and how
 * @param chosen index of the pessimistic best of N, or of the best of N where the kind names another policy; null where
 *     nothing was chosen
 * @param intervals the answer
 * @param features φ before centring, N rows of d, one after the other; null where they are not kept
 * @param runtime Java version, processor architecture and BLAS: others may round otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares decisions; a list would box every number.
public record Decision(
        Origin origin,
        Basis basis,
        @Nullable Integer chosen,
        Intervals intervals,
        float @Nullable [] features,
        String runtime) {

    /**
     * Where a request came from.
     *
     * @param requestId as in the request; may be empty
     * @param kind how it came: {@code kafka}, or the path it was posted to, with {@link #OTHER_POLICY} and its name where the
     *     choice was not the pessimistic one
     * @param requestHash SHA-256 of the bytes as received, 64 hexadecimal digits; of a batch, of the whole record
     * @param position which request of those bytes, from 0
     * @param time when it was answered
     */
    public record Origin(String requestId, String kind, String requestHash, int position, Instant time) {
        /** Between the path of a {@link #kind} and the policy. */
        public static final String OTHER_POLICY = "?policy=";

        /** @return the kind without a policy: how it came */
        public String path() {
            int at = kind.indexOf(OTHER_POLICY);
            return at < 0 ? kind : kind.substring(0, at);
        }

        /** @return whether the choice was that of another policy than the pessimistic one, by the estimates alone */
        public boolean otherPolicy() {
            return kind.contains(OTHER_POLICY);
        }
    }

    /**
     * What an answer rests on.
     *
     * @param parameterVersion the snapshot answered from
     * @param featureSpace id of its feature space
     * @param covariance MODEL or CLUSTERED
     * @param centre the origin of the rewards
     * @param level of the intervals; null where a quantile was asked for
     * @param quantile standard errors to each side
     */
    public record Basis(
            long parameterVersion,
            String featureSpace,
            CovarianceKind covariance,
            Centring centre,
            @Nullable Double level,
            double quantile) {}

    /**
     * One number a candidate, in order.
     *
     * @param rewards log-odds at rationality 1
     * @param standardErrors of the rewards
     * @param lower lower ends of the intervals
     * @param upper upper ends
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Intervals(double[] rewards, double[] standardErrors, double[] lower, double[] upper) {}

    /** @return the same without φ */
    public Decision withoutFeatures() {
        return new Decision(origin, basis, chosen, intervals, null, runtime);
    }
}
