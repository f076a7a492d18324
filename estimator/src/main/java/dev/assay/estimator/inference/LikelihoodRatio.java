package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The likelihood ratio test of a model within a larger one, both at their maximum over the same judgments.
 *
 * @param statistic        2(ℓ₁ − ℓ₀), at least 0
 * @param degreesOfFreedom parameters the larger model has more
 * @param pValue           probability of so large a statistic if the smaller model is right
 */
public record LikelihoodRatio(double statistic, int degreesOfFreedom, double pValue) {
    /**
     * @param smaller ℓ₀, in nats
     * @param larger  ℓ₁, in nats; below ℓ₀ only by rounding
     */
    public static LikelihoodRatio of(double smaller, double larger, int degreesOfFreedom) {
        Require.that(degreesOfFreedom > 0, "degrees of freedom must be above 0, were %s", degreesOfFreedom);
        double statistic = Math.max(0, 2 * (larger - smaller));
        double below = new ChiSquaredDistribution(null, degreesOfFreedom).cumulativeProbability(statistic);
        return new LikelihoodRatio(statistic, degreesOfFreedom, 1 - below);
    }
}
