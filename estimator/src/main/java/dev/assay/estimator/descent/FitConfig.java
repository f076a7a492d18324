package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Wanted;

/**
 * When a fit stops, and what it knows before the first judgment. FitConfigTest pins the defaults, so that changing one is a
 * visible line in a commit.
 *
 * @param maxRounds rounds of one fit, the one for moments included, at least 2; a fit that gets here ends unconverged
 * @param tolerance decrement per parameter sqrt(λ²/p) at which to stop, in standard errors; above 0: MODEL (9)
 * @param ridge     r of the penalty (n r/2)‖τ‖²: MODEL (18c); 0 for none
 * @param weakPrior the same, but only where the judgments cannot determine the parameters, as in a stream that starts with
 *                  one kind of annotator; 0 to refuse such data instead
 * @param sandwich  whether the last round brings the meat B of MODEL (13), a third of its time
 */
public record FitConfig(int maxRounds, double tolerance, double ridge, double weakPrior, boolean sandwich) {
    public static final FitConfig DEFAULTS = new FitConfig(60, 1e-7, 0, 0, true);

    public FitConfig {
        Require.that(maxRounds >= 2, "fit.max-rounds must be at least 2, was %s", maxRounds);
        Require.that(
                tolerance > 0 && Double.isFinite(tolerance),
                "fit.tolerance must be above 0 and finite, was %s",
                tolerance);
        Require.that(ridge >= 0 && Double.isFinite(ridge), "fit.ridge must be at least 0 and finite, was %s", ridge);
        Require.that(
                weakPrior >= 0 && Double.isFinite(weakPrior),
                "fit.weak-prior must be at least 0 and finite, was %s",
                weakPrior);
    }

    /** No prior, and a sandwich. */
    public FitConfig(int maxRounds, double tolerance) {
        this(maxRounds, tolerance, 0, 0, true);
    }

    public FitConfig withRidge(double ratio) {
        return new FitConfig(maxRounds, tolerance, ratio, weakPrior, sandwich);
    }

    public FitConfig withWeakPrior(double ratio) {
        return new FitConfig(maxRounds, tolerance, ridge, ratio, sandwich);
    }

    public FitConfig withMaxRounds(int rounds) {
        return new FitConfig(rounds, tolerance, ridge, weakPrior, sandwich);
    }

    public FitConfig withoutSandwich() {
        return new FitConfig(maxRounds, tolerance, ridge, weakPrior, false);
    }

    /** What the last round of a fit asks for. */
    Wanted last() {
        return sandwich ? Wanted.STATISTICS_AND_CLUSTERS : Wanted.STATISTICS.with(Precision.SCORE);
    }

    /** Whether an answer to that question may be the last. */
    boolean complete(Wanted wanted) {
        return wanted.statistics() && wanted.precision() != Precision.FAST && (wanted.clusters() || !sandwich);
    }
}
