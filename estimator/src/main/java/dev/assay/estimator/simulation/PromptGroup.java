package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Prompts whose responses have alike features: φ normal with mean 0 and independent entries, if wanted scaled to length 1.
 *
 * @param share      of all judgments, above 0, at most 1
 * @param spreads    standard deviation of each feature before scaling; size d; 0 for a direction these prompts never show
 * @param unitLength whether φ has length 1; the spreads that are not 0 are then equal
 */
public record PromptGroup(double share, Vector spreads, boolean unitLength) {
    public PromptGroup {
        Require.that(share > 0 && share <= 1, "share must be above 0 and at most 1, was %s", share);
        double largest = largest(spreads);
        Require.that(largest > 0, "a feature must vary, spreads were %s", spreads);
        for (int i = 0; unitLength && i < spreads.size(); i++) {
            double spread = spreads.get(i);
            // Else the variance of a reward difference would have no closed form.
            Require.that(spread == 0 || spread == largest, "spreads at length 1 must be 0 or equal, were %s", spreads);
        }
    }

    /** All judgments, every direction alike. */
    public static PromptGroup isotropic(int rewardDimension, boolean unitLength) {
        double[] spreads = new double[rewardDimension];
        Arrays.fill(spreads, 1);
        return new PromptGroup(1, Vector.of(spreads), unitLength);
    }

    /** φ; size d. */
    public Vector response(SplittableRandom random) {
        double[] features = new double[spreads.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = spreads.get(i) == 0 ? 0 : spreads.get(i) * random.nextGaussian();
        }
        Vector drawn = Vector.of(features);
        return unitLength ? drawn.times(1 / drawn.length()) : drawn;
    }

    /** The variance of θᵀz over pairs of responses. */
    public double differenceVariance(Vector reward) {
        double sum = 0;
        int directions = 0;
        for (int i = 0; i < spreads.size(); i++) {
            double along = spreads.get(i) * reward.get(i);
            sum += 2 * along * along;
            directions += spreads.get(i) == 0 ? 0 : 1;
        }
        double scale = largest(spreads);
        return unitLength ? sum / (scale * scale * directions) : sum;
    }

    private static double largest(Vector spreads) {
        double largest = 0;
        for (int i = 0; i < spreads.size(); i++) {
            largest = Math.max(largest, spreads.get(i));
        }
        return largest;
    }
}
