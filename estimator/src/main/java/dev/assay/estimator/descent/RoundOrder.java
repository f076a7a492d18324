package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Parameters;
import java.util.List;

/**
 * One question to all shards, and all the descent has to remember. A crash costs one round: read the last order, ask
 * again.
 *
 * @param rerunId names the fit this round belongs to
 * @param round   from 0
 * @param point   where the statistics are wanted
 * @param trials  where only the log-likelihood is wanted; of a step, the first is the point the step started from
 * @param wanted  which sums
 * @param state   for {@link Descent#advance} alone
 */
public record RoundOrder(
        String rerunId, int round, Parameters point, List<Parameters> trials, Wanted wanted, DescentState state) {
    public RoundOrder {
        Require.that(round >= 0, "round must not be negative, was %s", round);
        trials = List.copyOf(trials);
    }

    /**
     * A cold start: asks for moments, which will give the start.
     *
     * @param d reward dimension
     * @param k rationality dimension, may be 0
     */
    public static RoundOrder first(String rerunId, int d, int k) {
        return moments(rerunId, Parameters.zeros(d, k), false);
    }

    /** Asks for moments, which standardise, and then starts at the given parameters. */
    public static RoundOrder warm(String rerunId, Parameters start) {
        return moments(rerunId, start, true);
    }

    /**
     * Goes on from the maximum of an earlier fit of nearly the same judgments, with its curvature: some gradients and one
     * round of statistics, no moments. Where that curvature is singular, a {@link #warm} start.
     *
     * @param config the one of the descent that will be asked
     */
    public static RoundOrder resumed(String rerunId, Fit before, FitConfig config) {
        return QuasiNewton.resume(rerunId, before, config).orElseGet(() -> warm(rerunId, before.parameters()));
    }

    private static RoundOrder moments(String rerunId, Parameters point, boolean warm) {
        return new RoundOrder(rerunId, 0, point, List.of(), Wanted.MOMENTS, DescentState.first(warm));
    }

    RoundOrder next(Parameters nextPoint, List<Parameters> nextTrials, Wanted nextWanted, DescentState nextState) {
        return new RoundOrder(rerunId, round + 1, nextPoint, nextTrials, nextWanted, nextState);
    }

    /** The same round with another question about the same point. */
    RoundOrder asking(Wanted otherWanted, DescentState otherState) {
        return new RoundOrder(rerunId, round, point, List.of(), otherWanted, otherState);
    }
}
