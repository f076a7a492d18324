package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;

/**
 * Sums over comparisons at one point, MODEL (7), and what else a round asked for: a commutative monoid under {@link
 * #plus}. What was not wanted has size 0 (vectors) or its neutral value. All in the original coordinates.
 *
 * @param count                  rows
 * @param weight                 Σw
 * @param logLikelihood          ℓ at the point, in nats: MODEL (2)
 * @param trialLogLikelihoods    ℓ at each trial point, in nats
 * @param score                  g, size p: MODEL (4)
 * @param information            J, packed lower triangle, size p(p+1)/2: MODEL (5)
 * @param cross                  C = Σ w (y−π) z ψᵀ, row-major d × k: MODEL (6)
 * @param clusters               G, annotators with a row of weight above 0; an unclustered row of weight w counts w
 * @param meat                   B, packed lower triangle, size p(p+1)/2: MODEL (13)
 * @param minimumSignedMargin    least (2y−1)m, for 0 < y < 1 −|m|, over rows of weight above 0; above 0 it proves complete
 *                               separation; +∞ without such a row
 * @param nonPositiveRationality Σw of rows with σ ≤ 0
 * @param differenceMoment       Σ w z zᵀ, packed, size d(d+1)/2
 * @param contextMoment          Σ w ψ̃ψ̃ᵀ with ψ̃ = (ψ₀, ψ), packed, size (k+1)(k+2)/2
 * @param crossMoment            Σ w (y−½) z ψ̃ᵀ, row-major d × (k+1)
 */
public record ShardSum(
        long count,
        double weight,
        double logLikelihood,
        Vector trialLogLikelihoods,
        Vector score,
        Vector information,
        Vector cross,
        double clusters,
        Vector meat,
        double minimumSignedMargin,
        double nonPositiveRationality,
        Vector differenceMoment,
        Vector contextMoment,
        Vector crossMoment) {

    /**
     * The neutral element for one question.
     *
     * @param d reward dimension
     * @param k rationality dimension
     */
    public static ShardSum zero(int d, int k, int trials, Wanted wanted) {
        int p = d + k;
        return new ShardSum(
                0,
                0,
                0,
                Vector.zeros(trials),
                Vector.zeros(wanted.gradient() ? p : 0),
                Vector.zeros(wanted.statistics() ? PackedSymmetric.packedSize(p) : 0),
                Vector.zeros(wanted.statistics() ? d * k : 0),
                0,
                Vector.zeros(wanted.clusters() ? PackedSymmetric.packedSize(p) : 0),
                Double.POSITIVE_INFINITY,
                0,
                Vector.zeros(wanted.moments() ? PackedSymmetric.packedSize(d) : 0),
                Vector.zeros(wanted.moments() ? PackedSymmetric.packedSize(k + 1) : 0),
                Vector.zeros(wanted.moments() ? d * (k + 1) : 0));
    }

    /** @throws IllegalArgumentException if the two answer different questions */
    public ShardSum plus(ShardSum other) {
        return new ShardSum(
                count + other.count,
                weight + other.weight,
                logLikelihood + other.logLikelihood,
                trialLogLikelihoods.plus(other.trialLogLikelihoods),
                score.plus(other.score),
                information.plus(other.information),
                cross.plus(other.cross),
                clusters + other.clusters,
                meat.plus(other.meat),
                Math.min(minimumSignedMargin, other.minimumSignedMargin),
                nonPositiveRationality + other.nonPositiveRationality,
                differenceMoment.plus(other.differenceMoment),
                contextMoment.plus(other.contextMoment),
                crossMoment.plus(other.crossMoment));
    }

    /** The moments alone: the answer to {@link Wanted#MOMENTS} over the same rows. */
    public ShardSum moments() {
        Vector none = Vector.zeros(0);
        return new ShardSum(
                count,
                weight,
                0,
                none,
                none,
                none,
                none,
                0,
                none,
                Double.POSITIVE_INFINITY,
                0,
                differenceMoment,
                contextMoment,
                crossMoment);
    }

    /** All but the moments. */
    public ShardSum withoutMoments() {
        Vector none = Vector.zeros(0);
        return new ShardSum(
                count,
                weight,
                logLikelihood,
                trialLogLikelihoods,
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                none,
                none,
                none);
    }

    /** These statistics with the moments of another sum over the same rows. */
    public ShardSum withMomentsOf(ShardSum other) {
        return new ShardSum(
                count,
                weight,
                logLikelihood,
                trialLogLikelihoods,
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                other.differenceMoment,
                other.contextMoment,
                other.crossMoment);
    }

    /** The same over another number of rows. */
    ShardSum withCount(long rows) {
        return new ShardSum(
                rows,
                weight,
                logLikelihood,
                trialLogLikelihoods,
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                differenceMoment,
                contextMoment,
                crossMoment);
    }

    /** The same with another Σw. */
    ShardSum withWeight(double total) {
        return new ShardSum(
                count,
                total,
                logLikelihood,
                trialLogLikelihoods,
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                differenceMoment,
                contextMoment,
                crossMoment);
    }

    /** The same with another ℓ. */
    ShardSum withLogLikelihood(double total) {
        return new ShardSum(
                count,
                weight,
                total,
                trialLogLikelihoods,
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                differenceMoment,
                contextMoment,
                crossMoment);
    }

    /** The same without trials. */
    ShardSum withoutTrials() {
        return new ShardSum(
                count,
                weight,
                logLikelihood,
                Vector.zeros(0),
                score,
                information,
                cross,
                clusters,
                meat,
                minimumSignedMargin,
                nonPositiveRationality,
                differenceMoment,
                contextMoment,
                crossMoment);
    }
}
