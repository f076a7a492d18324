package dev.assay.streams.score;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import org.jspecify.annotations.Nullable;

/**
 * How a request wants its numbers.
 *
 * @param level of the two-sided intervals, above 0 and at most 1 − 1e-12; null: the deployment's, unless there is a quantile
 * @param quantile standard errors to each side instead of a level, 0 to 100
 * @param covariance what the bounds rest on
 * @param centre where rewards are counted from
 */
public record ScoringOptions(
        @Nullable Double level, @Nullable Double quantile, CovarianceKind covariance, Centring centre) {
    /** Beyond it 1 - level has no digits left in float64 and quantiles mean nothing. */
    private static final double MAX_LEVEL = 1 - 1e-12;

    private static final double MAX_QUANTILE = 100;

    /** @throws IllegalArgumentException naming field, bound and value */
    public ScoringOptions {
        Require.that(
                level == null || quantile == null,
                "level and quantile exclude each other, were %s and %s",
                level,
                quantile);
        Require.that(
                level == null || (level > 0 && level <= MAX_LEVEL),
                "level must be above 0 and at most 1 - 1e-12, was %s",
                level);
        Require.that(
                quantile == null || (quantile >= 0 && quantile <= MAX_QUANTILE),
                "quantile must be 0 to 100, was %s",
                quantile);
    }
}
