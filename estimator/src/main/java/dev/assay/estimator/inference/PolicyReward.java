package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean reward of a policy over all prompts there might be, or the difference of two policies' on the same prompts:
 * MODEL (17). Two things are uncertain: θ, and which prompts happened to be asked, θᵀCov(δ)θ/m. Where the second is large
 * and prompts are few the normal quantile is too small; ours is Student's, with Satterthwaite's degrees of freedom. Where θ is
 * hardly known the sum counts tr(ΣCov(δ))/m twice, in δ̄ and in θ̂: the interval is then too wide, never too narrow.
 *
 * @param test               estimate, interval, Z and p-value
 * @param estimationVariance δ̄ᵀΣδ̄, squared rewards
 * @param promptVariance     θᵀCov(δ)θ/m, squared rewards
 * @param degreesOfFreedom   of the sum of the two; +∞ means normal
 */
public record PolicyReward(
        TestedDifference test, double estimationVariance, double promptVariance, double degreesOfFreedom) {
    /**
     * One policy's mean reward; its place depends on the origin of the feature space.
     *
     * @param features φ of the policy's response to each prompt, or the mean of several; at least 2, each of size d
     */
    public static PolicyReward of(List<Vector> features, Inference inference) {
        int m = features.size();
        Require.that(m >= 2, "prompt sampling variance needs at least 2 prompts, got %s", m);
        Vector reward = inference.parameters().reward();
        Vector mean = Vector.zeros(reward.size());
        for (Vector each : features) {
            mean = mean.plus(each.times(1.0 / m));
        }
        double[] rewards = new double[m];
        for (int prompt = 0; prompt < m; prompt++) {
            rewards[prompt] = reward.dot(features.get(prompt));
        }
        return of(mean, rewards, inference);
    }

    /**
     * @param mean    φ or δ, mean over the prompts
     * @param rewards θᵀφ or θᵀδ of every prompt; at least 2
     */
    static PolicyReward of(Vector mean, double[] rewards, Inference inference) {
        int m = rewards.length;
        double estimate = inference.parameters().reward().dot(mean);
        double squares = 0;
        for (double each : rewards) {
            squares += (each - estimate) * (each - estimate);
        }
        double promptVariance = squares / (m - 1) / m;
        double estimationError = inference.reward(mean).standardError();
        double estimationVariance = estimationError * estimationError;
        double degreesOfFreedom =
                satterthwaite(estimationVariance, inference.covariance().degreesOfFreedom(), promptVariance, m - 1);
        double standardError = Math.sqrt(estimationVariance + promptVariance);
        Interval interval = Interval.around(estimate, standardError, inference.quantile(degreesOfFreedom));
        return new PolicyReward(
                TestedDifference.of(interval, degreesOfFreedom), estimationVariance, promptVariance, degreesOfFreedom);
    }

    /**
     * The first policy's mean reward minus the second's, paired by prompt.
     *
     * @param first  φ of the first policy's response to each prompt
     * @param second φ of the second's, to the same prompts in the same order
     */
    public static PolicyReward difference(List<Vector> first, List<Vector> second, Inference inference) {
        Require.that(
                first.size() == second.size(),
                "policies are paired by prompt: %s and %s prompts",
                first.size(),
                second.size());
        List<Vector> differences = new ArrayList<>();
        for (int prompt = 0; prompt < first.size(); prompt++) {
            differences.add(first.get(prompt).minus(second.get(prompt)));
        }
        return of(differences, inference);
    }

    /** Degrees of freedom of a sum of two variances, each known with its own. */
    private static double satterthwaite(double first, double firstDegrees, double second, double secondDegrees) {
        double total = first + second;
        double uncertainty = first * first / firstDegrees + second * second / secondDegrees;
        return uncertainty > 0 ? total * total / uncertainty : firstDegrees;
    }
}
