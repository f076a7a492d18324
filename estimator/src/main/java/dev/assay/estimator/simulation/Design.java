package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Require;
import java.util.List;

/**
 * How the judgments of one replication of a study are drawn.
 *
 * @param groups           prompts the judgments are about; shares add up to 1
 * @param candidates       prompts to choose on; a reward difference has its standard deviation over pairs of these
 * @param rewardDirections how many of the first directions have a reward; θ is uniform there and 0 in the others
 * @param rewardSpread     standard deviation of θᵀz over pairs of candidates, in log-odds
 * @param context          of the judgments
 */
public record Design(
        List<PromptGroup> groups,
        PromptGroup candidates,
        int rewardDirections,
        double rewardSpread,
        ContextDesign context) {
    private static final double ROUNDING = 1e-12;

    public Design {
        groups = List.copyOf(groups);
        double shares = groups.stream().mapToDouble(PromptGroup::share).sum();
        Require.that(Math.abs(shares - 1) < ROUNDING, "shares must add up to 1, were %s", shares);
        int d = candidates.spreads().size();
        Require.that(
                groups.stream().allMatch(group -> group.spreads().size() == d), "every group must have %s features", d);
        Require.that(
                rewardDirections >= 1 && rewardDirections <= d,
                "reward directions must be 1 to %s, were %s",
                d,
                rewardDirections);
        Require.that(rewardSpread > 0, "reward spread must be above 0, was %s", rewardSpread);
    }

    /**
     * Every direction alike in judgments and candidates.
     *
     * @param unitLength whether features have length 1; else each has standard deviation 1
     */
    public static Design isotropic(int d, boolean unitLength, double rewardSpread, ContextDesign context) {
        PromptGroup all = PromptGroup.isotropic(d, unitLength);
        return new Design(List.of(all), all, d, rewardSpread, context);
    }

    /** d. */
    public int rewardDimension() {
        return candidates.spreads().size();
    }

    /** k. */
    public int rationalityDimension() {
        return context.dimension();
    }
}
