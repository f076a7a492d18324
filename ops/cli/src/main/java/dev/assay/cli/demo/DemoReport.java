package dev.assay.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.choice.Prediction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo found; {@code --json} writes it, flat.
 *
 * @param judgments sent, admitted, refused
 * @param snapshot the one reported on
 * @param likelihood how well it explains the judgments
 * @param effects what the annotators' rationality depends on
 * @param heldOut how well held-out judgments are predicted
 * @param bestOfN choices among candidates
 * @param streamedVersusOfflineStandardErrors largest difference of a parameter from the offline fit
 * @param seconds how long the parts took
 */
record DemoReport(
        Judgments judgments,
        @JsonUnwrapped Snapshot snapshot,
        @JsonUnwrapped Likelihood likelihood,
        @JsonUnwrapped Effects effects,
        HeldOutQuality heldOut,
        List<Choice> bestOfN,
        double streamedVersusOfflineStandardErrors,
        Map<String, Double> seconds) {

    /**
     * Where the numbers come from.
     *
     * @param shards number of shards
     * @param rounds rounds of the rerun behind the snapshot
     * @param parameterVersion of the snapshot
     */
    record Snapshot(int shards, int rounds, long parameterVersion) {}

    /**
     * In nats.
     *
     * @param logLikelihood of the snapshot
     * @param logLikelihoodBradleyTerry of plain Bradley–Terry on the same comparisons
     * @param likelihoodRatio twice the difference
     * @param degreesOfFreedom parameters more than Bradley–Terry
     */
    record Likelihood(
            double logLikelihood, double logLikelihoodBradleyTerry, double likelihoodRatio, int degreesOfFreedom) {}

    /**
     * What moves a judgment besides the rewards.
     *
     * @param covariance what the standard errors rest on: MODEL or CLUSTERED
     * @param rationality the effects
     * @param position the position bias, log-odds; null if it was not asked for
     */
    record Effects(
            String covariance,
            List<Effect> rationality,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Effect position) {}

    /** Counts of judgments, and judgments admitted or refused in a second. */
    record Judgments(long read, long admitted, long refused, double perSecond) {}

    /** One entry of γ, or the position bias of θ, with its 95 % interval; the model's standard error beside the one used. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Effect(
            String name,
            double estimate,
            double standardError,
            double modelStandardError,
            double lower,
            double upper,
            double z,
            @Nullable Double truth) {}

    /** Three ways to predict; null where there is nothing to predict, or no length to predict by. */
    record HeldOutQuality(
            Prediction.@Nullable Quality heterogeneous,
            Prediction.@Nullable Quality bradleyTerry,
            Prediction.@Nullable Quality longer) {}

    /** One prompt: ids of the two choices, and every candidate with its bounds. */
    record Choice(String prompt, String best, String pessimistic, List<Scored> candidates) {}

    /** A candidate's reward with its 95 % interval. */
    record Scored(String id, double reward, double standardError, double lower, double upper) {}
}
