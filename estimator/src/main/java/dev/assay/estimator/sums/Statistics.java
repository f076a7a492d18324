package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;

/**
 * Sums at one point, MODEL (7), in the original coordinates. Of a question for the gradient alone information, cross and meat
 * have size 0, of one without clusters the meat.
 *
 * @param logLikelihood          ℓ, in nats: MODEL (2)
 * @param score                  g, size p: MODEL (4)
 * @param information            J, packed lower triangle, size p(p+1)/2: MODEL (5)
 * @param cross                  C = Σ w (y−π) z ψᵀ, row-major d × k: MODEL (6)
 * @param clusters               G, annotators with a row of weight above 0; an unclustered row of weight w counts w
 * @param meat                   B, packed lower triangle, size p(p+1)/2: MODEL (13)
 * @param minimumSignedMargin    least (2y−1)m, for 0 < y < 1 −|m|, over rows of weight above 0; above 0 it proves complete
 *                               separation; +∞ without such a row
 * @param nonPositiveRationality Σw of rows with σ ≤ 0
 */
public record Statistics(
        double logLikelihood,
        Vector score,
        Vector information,
        Vector cross,
        double clusters,
        Vector meat,
        double minimumSignedMargin,
        double nonPositiveRationality) {
    /** Of no rows at all. */
    public static Statistics zero(int d, int k, Wanted wanted) {
        int p = d + k;
        return new Statistics(
                0,
                Vector.zeros(p),
                Vector.zeros(wanted.statistics() ? PackedSymmetric.packedSize(p) : 0),
                Vector.zeros(wanted.statistics() ? d * k : 0),
                0,
                Vector.zeros(wanted.clusters() ? PackedSymmetric.packedSize(p) : 0),
                Double.POSITIVE_INFINITY,
                0);
    }

    Statistics plus(Statistics other) {
        return new Statistics(
                logLikelihood + other.logLikelihood,
                score.plus(other.score),
                information.plus(other.information),
                cross.plus(other.cross),
                clusters + other.clusters,
                meat.plus(other.meat),
                Math.min(minimumSignedMargin, other.minimumSignedMargin),
                nonPositiveRationality + other.nonPositiveRationality);
    }

    /** The same with another ℓ. */
    public Statistics withLogLikelihood(double total) {
        return new Statistics(
                total, score, information, cross, clusters, meat, minimumSignedMargin, nonPositiveRationality);
    }
}
