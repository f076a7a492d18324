package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;

/**
 * When a fit stops. FitConfigTest pins the defaults, so that changing one is a visible line in a commit.
 *
 * @param maxRounds rounds of one fit, the one for moments included, at least 2; a fit that gets here ends unconverged
 * @param tolerance decrement per parameter sqrt(λ²/p) at which to stop, in standard errors; above 0: MODEL (9)
 */
public record FitConfig(int maxRounds, double tolerance) {
    public static final FitConfig DEFAULTS = new FitConfig(60, 1e-7);

    public FitConfig {
        Require.that(maxRounds >= 2, "fit.max-rounds must be at least 2, was %s", maxRounds);
        Require.that(
                tolerance > 0 && Double.isFinite(tolerance),
                "fit.tolerance must be above 0 and finite, was %s",
                tolerance);
    }
}
