package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several policies that answered the same prompts, by reward: MODEL (17). Rewards are counted from the average of the
 * policies, so that neither the origin of the features nor how hard the prompts are plays a part. With the level's probability
 * all their intervals hold together; with it, apart from that, all policies' true ranks are within their bounds.
 *
 * @param prompts       number of prompts m
 * @param entries       one a policy, in the order given
 * @param criticalValue quantile of max |T| over the policies: standard errors to each side of each reward
 * @param comparisons   all pairs, from which the bounds of the ranks are
 */
public record Leaderboard(int prompts, List<Entry> entries, double criticalValue, PolicyComparisons comparisons) {
    public Leaderboard {
        entries = List.copyOf(entries);
    }

    /**
     * @param policy    number of the policy, from 0
     * @param reward    its mean reward less that of the average policy, with simultaneous bounds
     * @param rank      1 for the highest estimate; equal estimates share theirs
     * @param rankLower 1 + number of policies that are significantly better
     * @param rankUpper number of policies less those that are significantly worse
     */
    public record Entry(int policy, Interval reward, int rank, int rankLower, int rankUpper) {}

    /**
     * @param policies φ of each policy's response to each prompt, in the same order of prompts: 2 to 64 policies, at least 2
     *                 prompts, features of size d
     * @param level    1 − α, above 0 and below 1; that of the inference plays no part
     * @throws IllegalArgumentException naming policy and prompt of what does not fit
     */
    public static Leaderboard of(
            List<List<Vector>> policies, Inference inference, double level, MonteCarlo monteCarlo) {
        PolicyContrasts contrasts = PolicyContrasts.of(policies, inference);
        PolicyComparisons pairs = PolicyComparisons.of(contrasts, level, monteCarlo);
        int count = contrasts.policies();
        List<double[]> weights = new ArrayList<>();
        List<PolicyReward> alone = new ArrayList<>();
        for (int policy = 0; policy < count; policy++) {
            double[] against = new double[count];
            Arrays.fill(against, -1.0 / count);
            against[policy] += 1;
            weights.add(against);
            alone.add(contrasts.contrast(against));
        }
        double critical = contrasts.maximum(weights, alone, monteCarlo).quantile(level);
        int[] better = new int[count];
        int[] worse = new int[count];
        for (PolicyComparison pair : pairs.comparisons()) {
            better[pair.second()] += pair.firstBetter() ? 1 : 0;
            worse[pair.first()] += pair.firstBetter() ? 1 : 0;
            better[pair.first()] += pair.secondBetter() ? 1 : 0;
            worse[pair.second()] += pair.secondBetter() ? 1 : 0;
        }
        int[] ranks = ranks(pairs);
        List<Entry> entries = new ArrayList<>();
        for (int policy = 0; policy < count; policy++) {
            entries.add(new Entry(
                    policy,
                    alone.get(policy).test().within(critical).interval(),
                    ranks[policy],
                    1 + better[policy],
                    count - worse[policy]));
        }
        return new Leaderboard(contrasts.prompts(), entries, critical, pairs);
    }

    /** From the signs of the same differences as the bounds, so that a rank is always between its own. */
    private static int[] ranks(PolicyComparisons pairs) {
        int[] ranks = new int[pairs.policies()];
        Arrays.fill(ranks, 1);
        for (PolicyComparison pair : pairs.comparisons()) {
            double difference = pair.test().interval().estimate();
            ranks[pair.second()] += difference > 0 ? 1 : 0;
            ranks[pair.first()] += difference < 0 ? 1 : 0;
        }
        return ranks;
    }
}
