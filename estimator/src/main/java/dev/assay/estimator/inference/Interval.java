package dev.assay.estimator.inference;

/**
 * An estimate with a two-sided interval.
 *
 * @param standardError in the unit of the estimate, at least 0; +∞ of what is not estimable
 * @param lower         the lower confidence bound
 * @param upper         the upper confidence bound
 */
public record Interval(double estimate, double standardError, double lower, double upper) {
    /** @param quantile standard errors to each side */
    public static Interval around(double estimate, double standardError, double quantile) {
        // Also at quantile 0 nothing is known of what is not estimable.
        double half = Double.isInfinite(standardError) ? standardError : quantile * standardError;
        return new Interval(estimate, standardError, estimate - half, estimate + half);
    }

    /**
     * By the normal distribution.
     *
     * @param level between 0 and 1
     */
    public static Interval atLevel(double estimate, double standardError, double level) {
        return around(estimate, standardError, ReferenceDistribution.quantile(Double.POSITIVE_INFINITY, level));
    }

    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
