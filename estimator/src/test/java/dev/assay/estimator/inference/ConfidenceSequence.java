package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;

/**
 * Intervals that hold at all looks at once, however often somebody looks and whenever somebody stops: an asymptotic
 * confidence sequence, MODEL (18). For one quantity chosen beforehand, and from the number of judgments on at which the
 * estimate is about normal. Narrowest near the planned number, there about 1.5 times the ordinary interval at level 0.95.
 *
 * @param level             1 − α, at least 0.01 and below 1
 * @param plannedJudgments  n*, above 0: the look for which it is tuned; chosen beforehand as well
 */
public record ConfidenceSequence(double level, double plannedJudgments) {
    private static final double LEAST_LEVEL = 0.01; // further down ρ² vanishes in rounding

    public ConfidenceSequence {
        Require.that(level >= LEAST_LEVEL && level < 1, "level must be at least 0.01 and below 1, was %s", level);
        Require.that(
                plannedJudgments > 0 && Double.isFinite(plannedJudgments),
                "planned judgments must be above 0 and finite, were %s",
                plannedJudgments);
    }

    /** ρ² = (−W₋₁(−α²/e) − 1)/n*: what makes the interval narrowest at n*. */
    public double mixture() {
        double alpha = 1 - level;
        return (-LambertW.minusOne(-alpha * alpha / Math.E) - 1) / plannedJudgments;
    }

    /**
     * Standard errors to each side after so many judgments.
     *
     * @param judgments n = Σw, above 0
     */
    public double quantile(double judgments) {
        Require.that(judgments > 0, "judgments must be above 0, were %s", judgments);
        double growth = judgments * mixture();
        return Math.sqrt(2 * (growth + 1) / growth * Math.log(Math.sqrt(growth + 1) / (1 - level)));
    }

    /**
     * The interval of this look.
     *
     * @param estimate  at this look, with the standard error there; its own bounds play no part
     * @param judgments n = Σw at this look, above 0
     */
    public Interval interval(Interval estimate, double judgments) {
        return Interval.around(estimate.estimate(), estimate.standardError(), quantile(judgments));
    }
}
