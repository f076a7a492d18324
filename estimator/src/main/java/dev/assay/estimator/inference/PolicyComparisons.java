package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * All pairs of several policies that answered the same prompts: MODEL (17). With the level's probability all intervals hold
 * together; the chance that any pair without a difference has an adjusted p-value below α is at most α. Both what is not
 * known of θ and which prompts were asked make the pairs depend on each other, and both are in the joint distribution.
 *
 * @param policies         number of policies K
 * @param prompts          number of prompts m
 * @param comparisons      of policies 0 and 1, 0 and 2, …, 1 and 2, …: K(K−1)/2
 * @param criticalValue    quantile of max |T|: standard errors to each side of each interval
 * @param probabilityError standard error, from the draws, of the probability that belongs to the critical value
 */
public record PolicyComparisons(
        int policies, int prompts, List<PolicyComparison> comparisons, double criticalValue, double probabilityError) {
    public PolicyComparisons {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * @param policies φ of each policy's response to each prompt, in the same order of prompts: 2 to 64 policies, at least 2
     *                 prompts, features of size d
     * @param level    1 − α for all together, above 0 and below 1; that of the inference plays no part
     * @throws IllegalArgumentException naming policy and prompt of what does not fit
     */
    public static PolicyComparisons of(
            List<List<Vector>> policies, Inference inference, double level, MonteCarlo monteCarlo) {
        return of(PolicyContrasts.of(policies, inference), level, monteCarlo);
    }

    static PolicyComparisons of(PolicyContrasts contrasts, double level, MonteCarlo monteCarlo) {
        Require.that(level > 0 && level < 1, "level must be above 0 and below 1, was %s", level);
        int count = contrasts.policies();
        List<double[]> weights = new ArrayList<>();
        List<PolicyReward> alone = new ArrayList<>();
        for (int first = 0; first < count; first++) {
            for (int second = first + 1; second < count; second++) {
                double[] pair = new double[count];
                pair[first] = 1;
                pair[second] = -1;
                weights.add(pair);
                alone.add(contrasts.contrast(pair));
            }
        }
        MaximumDistribution distribution = contrasts.maximum(weights, alone, monteCarlo);
        double critical = distribution.quantile(level);
        Vector holm = MultipleTests.holm(Vector.of(
                alone.stream().mapToDouble(each -> each.test().pValue()).toArray()));
        List<PolicyComparison> comparisons = new ArrayList<>();
        for (int first = 0; first < count; first++) {
            for (int second = first + 1; second < count; second++) {
                int at = comparisons.size();
                PolicyReward difference = alone.get(at);
                TestedDifference test = difference.test().within(critical);
                double size = Math.abs(test.statistic());
                comparisons.add(new PolicyComparison(
                        first,
                        second,
                        test,
                        holm.get(at),
                        Double.isInfinite(size) ? 0 : Math.max(test.pValue(), distribution.tail(size)),
                        difference.estimationVariance(),
                        difference.promptVariance()));
            }
        }
        return new PolicyComparisons(
                count, contrasts.prompts(), comparisons, critical, distribution.tailError(critical));
    }
}
