package dev.assay.estimator.inference;

/**
 * An estimated reward or reward difference, tested against 0: MODEL (17).
 *
 * @param interval  of this quantity alone
 * @param statistic Z, the estimate in standard errors; 0 or ±∞ where the standard error is 0
 * @param pValue    two-sided
 */
public record TestedDifference(Interval interval, double statistic, double pValue) {
    static TestedDifference of(Interval interval, double degreesOfFreedom) {
        double statistic = statistic(interval);
        double pValue = Double.isInfinite(statistic) ? 0 : ReferenceDistribution.twoSided(degreesOfFreedom, statistic);
        return new TestedDifference(interval, statistic, pValue);
    }

    /** The same test with an interval of so many standard errors to each side. */
    TestedDifference within(double quantile) {
        return new TestedDifference(
                Interval.around(interval.estimate(), interval.standardError(), quantile), statistic, pValue);
    }

    static double statistic(Interval interval) {
        return interval.estimate() == 0 ? 0 : interval.estimate() / interval.standardError();
    }
}
