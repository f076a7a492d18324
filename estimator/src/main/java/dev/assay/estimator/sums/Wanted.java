package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.columns.Precision;

/**
 * What a round asks the shards for, besides count, weight and the trial log-likelihoods, which are cheap.
 *
 * @param moments    the additive second moments of z and (ψ₀, ψ): MODEL §6
 * @param gradient   ℓ and g at the point: MODEL (2) and (4)
 * @param statistics J and C at the point too: MODEL (7); only together with the gradient
 * @param clusters   the meat B over annotators: MODEL (13); only together with statistics
 * @param precision  how exactly
 */
public record Wanted(boolean moments, boolean gradient, boolean statistics, boolean clusters, Precision precision) {
    public static final Wanted MOMENTS = new Wanted(true, false, false, false, Precision.FAST);
    public static final Wanted GRADIENT = new Wanted(false, true, false, false, Precision.FAST);
    public static final Wanted STATISTICS = new Wanted(false, true, true, false, Precision.FAST);
    public static final Wanted STATISTICS_AND_CLUSTERS = new Wanted(false, true, true, true, Precision.SCORE);

    public Wanted {
        Require.that(gradient || !statistics, "statistics come together with the gradient");
        Require.that(statistics || !clusters, "clusters come together with statistics");
    }

    /** The same, if not more exact already. */
    public Wanted with(Precision least) {
        return new Wanted(moments, gradient, statistics, clusters, precision.atLeast(least));
    }
}
