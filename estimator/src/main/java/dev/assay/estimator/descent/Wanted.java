package dev.assay.estimator.descent;

/**
 * What a round asks the shards for, besides count, weight and the trial log-likelihoods, which are cheap.
 *
 * @param moments    the additive second moments of z and (ψ₀, ψ): MODEL §6
 * @param statistics ℓ, g, J and C at the point: MODEL (7)
 * @param clusters   the meat B over annotators: MODEL (13); only together with statistics
 */
public record Wanted(boolean moments, boolean statistics, boolean clusters) {
    public static final Wanted MOMENTS = new Wanted(true, false, false);
    public static final Wanted STATISTICS = new Wanted(false, true, false);
    public static final Wanted STATISTICS_AND_CLUSTERS = new Wanted(false, true, true);
}
