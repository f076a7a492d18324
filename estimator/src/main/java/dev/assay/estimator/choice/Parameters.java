package dev.assay.estimator.choice;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;

/**
 * The parameters τ = (θ, γ): MODEL §1.
 *
 * @param reward      θ; size d, at least 1; log-odds per feature unit at rationality 1
 * @param rationality γ; size k, may be 0: then σ = ψ₀ and the model is plain Bradley–Terry
 */
public record Parameters(Vector reward, Vector rationality) {
    /** @throws IllegalArgumentException if the reward is empty */
    public Parameters {
        Require.that(reward.size() > 0, "reward must not be empty");
    }

    public static Parameters zeros(int rewardDimension, int rationalityDimension) {
        return new Parameters(Vector.zeros(rewardDimension), Vector.zeros(rationalityDimension));
    }

    /**
     * @param joint           θ then γ; size p
     * @param rewardDimension d
     */
    public static Parameters of(double[] joint, int rewardDimension) {
        return of(Vector.of(joint), rewardDimension);
    }

    /**
     * @param joint           θ then γ; size p
     * @param rewardDimension d
     */
    public static Parameters of(Vector joint, int rewardDimension) {
        return new Parameters(joint.slice(0, rewardDimension), joint.slice(rewardDimension, joint.size()));
    }

    /** p = d + k. */
    public int dimension() {
        return reward.size() + rationality.size();
    }

    /** θ then γ; size p. */
    public Vector joint() {
        return reward.concat(rationality);
    }

    /** Euclidean distance, in the units of the parameters. */
    public double distance(Parameters other) {
        return joint().minus(other.joint()).length();
    }
}
