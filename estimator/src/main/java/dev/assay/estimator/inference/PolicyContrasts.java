package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * Contrasts of several policies on the same prompts, Σᵢ cᵢ θᵀφ̄ᵢ with Σᵢ cᵢ = 0, and how they depend on each other: by θ, which they
 * share, δ̄ₐᵀΣδ̄ᵦ, and by the prompts that happened to be asked, θᵀCov(δₐ, δᵦ)θ/m. MODEL (17) for several policies.
 */
final class PolicyContrasts {
    static final int FEWEST = 2;
    static final int MOST = 64; // policies: 2016 pairs

    private final Inference inference;
    private final Vector[] means; // φ̄ of each policy less that of the average policy
    private final double[][] rewards; // θᵀφ by policy and prompt, less the average policy's
    private final double[][] covariance; // of the policies' mean rewards, less the average's

    private PolicyContrasts(Inference inference, Vector[] means, double[][] rewards, double[][] covariance) {
        this.inference = inference;
        this.means = means;
        this.rewards = rewards;
        this.covariance = covariance;
    }

    /** @param policies φ of each policy's response to each prompt, in the same order of prompts */
    static PolicyContrasts of(List<List<Vector>> policies, Inference inference) {
        check(policies, inference.parameters().reward().size());
        int prompts = policies.get(0).size();
        Vector reward = inference.parameters().reward();
        Vector[] means = new Vector[policies.size()];
        double[][] rewards = new double[policies.size()][prompts];
        for (int policy = 0; policy < means.length; policy++) {
            double[] sum = new double[reward.size()];
            for (int prompt = 0; prompt < prompts; prompt++) {
                Vector features = policies.get(policy).get(prompt);
                rewards[policy][prompt] = reward.dot(features);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += features.get(i) / prompts;
                }
            }
            means[policy] = Vector.of(sum);
        }
        subtractAverage(means, rewards);
        return new PolicyContrasts(inference, means, rewards, covariance(means, rewards, inference));
    }

    private static void check(List<List<Vector>> policies, int d) {
        Require.that(
                policies.size() >= FEWEST && policies.size() <= MOST,
                "policies must be %s to %s, were %s",
                FEWEST,
                MOST,
                policies.size());
        int prompts = policies.get(0).size();
        Require.that(prompts >= 2, "policies[0] must have answered at least 2 prompts, had %s", prompts);
        for (int policy = 0; policy < policies.size(); policy++) {
            List<Vector> answers = policies.get(policy);
            Require.that(
                    answers.size() == prompts,
                    "policies[%s] must have answered the same %s prompts, had %s",
                    policy,
                    prompts,
                    answers.size());
            for (int prompt = 0; prompt < prompts; prompt++) {
                int size = answers.get(prompt).size();
                Require.that(size == d, "policies[%s][%s] must have %s numbers, had %s", policy, prompt, d, size);
            }
        }
    }

    // What all policies share cancels in every contrast; without it no digits are lost to it.
    private static void subtractAverage(Vector[] means, double[][] rewards) {
        Vector average = Vector.zeros(means[0].size());
        for (Vector mean : means) {
            average = average.plus(mean.times(1.0 / means.length));
        }
        for (int policy = 0; policy < means.length; policy++) {
            means[policy] = means[policy].minus(average);
        }
        for (int prompt = 0; prompt < rewards[0].length; prompt++) {
            double sum = 0;
            for (double[] ofPolicy : rewards) {
                sum += ofPolicy[prompt];
            }
            for (double[] ofPolicy : rewards) {
                ofPolicy[prompt] -= sum / rewards.length;
            }
        }
    }

    private static double[][] covariance(Vector[] means, double[][] rewards, Inference inference) {
        int prompts = rewards[0].length;
        double[][] covariance = new double[means.length][means.length];
        for (int i = 0; i < means.length; i++) {
            Vector product = inference.rewardCovariance().times(means[i]);
            double mean = mean(rewards[i]);
            for (int j = 0; j <= i; j++) {
                double other = mean(rewards[j]);
                double sum = 0;
                for (int prompt = 0; prompt < prompts; prompt++) {
                    sum += (rewards[i][prompt] - mean) * (rewards[j][prompt] - other);
                }
                covariance[i][j] = product.dot(means[j]) + sum / (prompts - 1) / prompts;
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    int policies() {
        return means.length;
    }

    int prompts() {
        return rewards[0].length;
    }

    /** One contrast by itself. */
    PolicyReward contrast(double[] weights) {
        double[] mean = new double[means[0].size()];
        double[] ofPrompts = new double[prompts()];
        for (int policy = 0; policy < weights.length; policy++) {
            if (weights[policy] != 0) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += weights[policy] * means[policy].get(i);
                }
                for (int prompt = 0; prompt < ofPrompts.length; prompt++) {
                    ofPrompts[prompt] += weights[policy] * rewards[policy][prompt];
                }
            }
        }
        return PolicyReward.of(Vector.of(mean), ofPrompts, inference);
    }

    /**
     * The distribution of the largest |Z| of the contrasts, with the least of their degrees of freedom: where those differ, the
     * others' intervals come out too wide, none too narrow.
     *
     * @param weights c of each contrast
     * @param alone   the contrasts by themselves
     */
    MaximumDistribution maximum(List<double[]> weights, List<PolicyReward> alone, MonteCarlo monteCarlo) {
        double degreesOfFreedom =
                alone.stream().mapToDouble(PolicyReward::degreesOfFreedom).min().orElseThrow();
        return MaximumDistribution.of(correlation(weights, alone), degreesOfFreedom, monteCarlo);
    }

    // As in SimultaneousDifferences: what is known exactly has no Z and takes no part.
    private PackedSymmetric correlation(List<double[]> weights, List<PolicyReward> alone) {
        List<double[]> scaled = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            double standardError = alone.get(i).test().interval().standardError();
            if (standardError > 0) {
                double[] unit = weights.get(i).clone();
                for (int policy = 0; policy < unit.length; policy++) {
                    unit[policy] /= standardError;
                }
                scaled.add(unit);
            }
        }
        if (scaled.isEmpty()) {
            return PackedSymmetric.of(1, new double[] {1});
        }
        double[][] rows = new double[scaled.size()][scaled.size()];
        for (int i = 0; i < rows.length; i++) {
            double[] product = product(scaled.get(i));
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int policy = 0; policy < product.length; policy++) {
                    sum += product[policy] * scaled.get(j)[policy];
                }
                rows[i][j] = Math.max(-1, Math.min(1, sum));
            }
            rows[i][i] = 1;
        }
        return PackedSymmetric.ofRows(rows);
    }

    private double[] product(double[] weights) {
        double[] product = new double[weights.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[i] += covariance[i][j] * weights[j];
            }
        }
        return product;
    }
}
