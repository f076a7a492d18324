package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.Centring;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Suboptimality of every policy at one n: the true reward of the best candidate less that of the chosen one.
 *
 * @param regrets of the replications that converged: means over the prompts of one, by policy, at each of the sizes
 * @param failures replications that did not
 */
record BestOfNCell(int n, List<Map<String, List<Double>>> regrets, int failures) {
    static final int[] SIZES = {20, 40, 60, 80, 128};
    static final int LARGEST = 128;
    private static final int PROMPTS = 10; // of a replication

    /** @param shift added to every feature of every candidate: no preference between candidates depends on it */
    static BestOfNCell run(String name, Design design, double shift, int n, Replications replications) {
        Replications.Given<Map<String, List<Double>>> given =
                replications.given(name + " n=" + n, replications.count(), seed -> regrets(design, shift, n, seed));
        return new BestOfNCell(n, given.results(), given.failures());
    }

    ReplicationMean regret(String policy, int size) {
        return mean(regret -> at(regret, policy, size));
    }

    /** Plain less the policy, of the same replications: above 0 where the policy is better. */
    ReplicationMean gain(String policy, int size) {
        return mean(regret -> at(regret, Policy.PLAIN.text(), size) - at(regret, policy, size));
    }

    private ReplicationMean mean(ToDoubleFunction<Map<String, List<Double>>> what) {
        return ReplicationMean.of(regrets.stream().mapToDouble(what).toArray());
    }

    private static double at(Map<String, List<Double>> regret, String policy, int size) {
        return regret.getOrDefault(policy, List.of()).get(Arrays.binarySearch(SIZES, size));
    }

    private static Optional<Map<String, List<Double>>> regrets(Design design, double shift, int n, long seed) {
        Sample sample = new Sample(design, seed);
        Optional<Fitting.Both> both = Fitting.Both.of(sample.store(n));
        if (both.isEmpty()) {
            return Optional.empty();
        }
        Inference inference = both.get().inference();
        Map<String, List<Double>> regret = new HashMap<>();
        Policy.NAMES.forEach(policy -> regret.put(policy, new ArrayList<>(Collections.nCopies(SIZES.length, 0.0))));
        Vector origin = constant(shift, design.rewardDimension());
        for (int prompt = 0; prompt < PROMPTS; prompt++) {
            List<Vector> candidates = sample.candidates(LARGEST).stream()
                    .map(candidate -> candidate.plus(origin))
                    .toList();
            double[] truth = rewards(candidates, sample.truth().reward());
            List<Interval> all = intervals(candidates, inference, Centring.FEATURE_SPACE);
            double[] estimate = rewards(candidates, both.get().alike());
            for (int s = 0; s < SIZES.length; s++) {
                int at = s;
                int size = SIZES[s];
                double best = truth[highest(truth, size)];
                List<Interval> recorded = all.subList(0, size);
                List<Interval> centred = intervals(candidates.subList(0, size), inference, Centring.CANDIDATES);
                Policy.choices(recorded, centred, highest(estimate, size))
                        .forEach((policy, chosen) -> regret.computeIfPresent(policy, (same, sums) -> {
                            sums.set(at, sums.get(at) + (best - truth[chosen]) / PROMPTS);
                            return sums;
                        }));
            }
        }
        return Optional.of(regret);
    }

    static List<Interval> intervals(List<Vector> candidates, Inference inference, Centring centring) {
        return Candidate.all(candidates, inference, centring).stream()
                .map(Candidate::reward)
                .toList();
    }

    static double[] rewards(List<Vector> candidates, Vector reward) {
        return candidates.stream().mapToDouble(reward::dot).toArray();
    }

    /** Of the first ones. */
    static int highest(double[] values, int size) {
        return IntStream.range(0, size)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    private static Vector constant(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return Vector.of(values);
    }
}
