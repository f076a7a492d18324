package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;

/**
 * What a round asks the shards for, besides count, weight and the trial log-likelihoods, which are cheap.
 *
 * @param moments    the additive second moments of z and (ψ₀, ψ): MODEL §6
 * @param gradient   ℓ and g at the point: MODEL (2) and (4)
 * @param statistics J and C at the point too: MODEL (7); only together with the gradient
 * @param clusters   the meat B over annotators: MODEL (13); only together with statistics
 * @param precise    whether float32 rows are summed in float64 from the first digit on
 */
public record Wanted(boolean moments, boolean gradient, boolean statistics, boolean clusters, boolean precise) {
    public static final Wanted MOMENTS = new Wanted(true, false, false, false, false);
    public static final Wanted GRADIENT = new Wanted(false, true, false, false, false);
    public static final Wanted STATISTICS = new Wanted(false, true, true, false, false);
    public static final Wanted STATISTICS_AND_CLUSTERS = new Wanted(false, true, true, true, true);

    public Wanted {
        Require.that(gradient || !statistics, "statistics come together with the gradient");
        Require.that(statistics || !clusters, "clusters come together with statistics");
    }

    /** The same, {@link #precise} if that is true or this is already. */
    public Wanted precise(boolean also) {
        return new Wanted(moments, gradient, statistics, clusters, precise || also);
    }
}
