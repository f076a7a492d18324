package dev.assay.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo found; the README explains each field, {@code --json} writes it.
 *
 * @param judgments sent, admitted, refused
 * @param shards number of shards
 * @param rounds rounds of the rerun behind the snapshot
 * @param parameterVersion the snapshot reported on
 * @param logLikelihood of the snapshot, nats
 * @param logLikelihoodBradleyTerry of plain Bradley–Terry on the same comparisons, nats
 * @param likelihoodRatio twice the difference
 * @param degreesOfFreedom parameters more than Bradley–Terry
 * @param covariance what the standard errors rest on: MODEL or CLUSTERED
 * @param rationality the effects
 * @param position the position bias, log-odds; null if it was not asked for
 * @param heldOut how well held-out judgments are predicted
 * @param bestOfN choices among candidates
 * @param streamedVersusOfflineStandardErrors largest difference of a parameter from the offline fit
 * @param seconds how long the parts took
 */
record DemoReport(
        Judgments judgments,
        int shards,
        int rounds,
        long parameterVersion,
        double logLikelihood,
        double logLikelihoodBradleyTerry,
        double likelihoodRatio,
        int degreesOfFreedom,
        String covariance,
        List<Effect> rationality,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Effect position,
        HeldOutQuality heldOut,
        List<Choice> bestOfN,
        double streamedVersusOfflineStandardErrors,
        Map<String, Double> seconds) {

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
            HeldOut.@Nullable Quality heterogeneous,
            HeldOut.@Nullable Quality bradleyTerry,
            HeldOut.@Nullable Quality longer) {}

    /** One prompt: ids of the two choices, and every candidate with its bounds. */
    record Choice(String prompt, String best, String pessimistic, List<Scored> candidates) {}

    /** A candidate's reward with its 95 % interval. */
    record Scored(String id, double reward, double standardError, double lower, double upper) {}
}
