package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;

/** Intervals for what follows from an estimate: MODEL (14)–(17). */
public final class Inference {
    private final Parameters parameters;
    private final Covariance covariance;
    private final double level; // NaN where a quantile was asked for instead
    private final double quantile;
    private final PackedSymmetric rewardCovariance;
    private final PackedSymmetric rationalityCovariance;

    /** @param level of the two-sided intervals, as 0.95 */
    public Inference(Parameters parameters, Covariance covariance, double level) {
        this(parameters, covariance, level, covariance.quantile(level));
    }

    private Inference(Parameters parameters, Covariance covariance, double level, double quantile) {
        int d = parameters.reward().size();
        int p = parameters.dimension();
        Require.that(
                covariance.matrix().size() == p,
                "covariance of size %s for %s parameters",
                covariance.matrix().size(),
                p);
        Require.that(quantile >= 0, "quantile at level %s must not be negative, was %s", level, quantile);
        this.parameters = parameters;
        this.covariance = covariance;
        this.level = level;
        this.quantile = quantile;
        this.rewardCovariance = covariance.matrix().block(0, d);
        this.rationalityCovariance = covariance.matrix().block(d, p);
    }

    /**
     * Intervals of so many standard errors to each side, as a pessimistic policy may ask for.
     *
     * @param quantile at least 0
     */
    public static Inference ofQuantile(Parameters parameters, Covariance covariance, double quantile) {
        return new Inference(parameters, covariance, Double.NaN, quantile);
    }

    /** Standard errors to each side. */
    public double quantile() {
        return quantile;
    }

    /** Standard errors to each side at other degrees of freedom, if this was asked for a level. */
    double quantile(double degreesOfFreedom) {
        return Double.isNaN(level) ? quantile : ReferenceDistribution.quantile(degreesOfFreedom, level);
    }

    public Parameters parameters() {
        return parameters;
    }

    public Covariance covariance() {
        return covariance;
    }

    /** Σ_θθ, size d. */
    PackedSymmetric rewardCovariance() {
        return rewardCovariance;
    }

    /**
     * r = θᵀφ: MODEL (14).
     *
     * @param features φ, size d
     */
    public Interval reward(Vector features) {
        return interval(
                parameters.reward().dot(features),
                rewardCovariance.quadraticForm(features),
                covariance.notEstimable().has(features, 0));
    }

    /** θᵀ(φ₁ − φ₂); for policies, of their mean features: MODEL (17). */
    public Interval difference(Vector first, Vector second) {
        return reward(first.minus(second));
    }

    /** The same difference with Z and its two-sided p-value. */
    public TestedDifference testDifference(Vector first, Vector second) {
        return TestedDifference.of(difference(first, second), covariance.degreesOfFreedom());
    }

    /**
     * σ = ψ₀ + γᵀψ: MODEL (15).
     *
     * @param context ψ, size k
     */
    public Interval rationality(double offset, Vector context) {
        return interval(
                offset + parameters.rationality().dot(context),
                rationalityCovariance.quadraticForm(context),
                covariance.notEstimable().has(context, parameters.reward().size()));
    }

    /** m = σ·θᵀz by the delta method: MODEL (16). The comparison's preference and weight play no part. */
    public Interval margin(Comparison comparison) {
        Vector gradient = comparison.marginGradient(parameters);
        return interval(
                comparison.margin(parameters),
                covariance.matrix().quadraticForm(gradient),
                covariance.notEstimable().has(gradient));
    }

    /** Every parameter with its interval, θ then γ. */
    public Interval parameter(int index) {
        return interval(
                parameters.joint().get(index),
                covariance.matrix().get(index, index),
                covariance.notEstimable().columns().contains(index));
    }

    /** Two-sided p-value of the hypothesis that the estimated quantity is 0. */
    public double pValue(Interval interval) {
        return TestedDifference.of(interval, covariance.degreesOfFreedom()).pValue();
    }

    private Interval interval(double estimate, double variance, boolean notEstimable) {
        // Rounding may take the variance of a nearly certain combination below 0.
        double error = notEstimable ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, variance));
        return Interval.around(estimate, error, quantile);
    }
}
