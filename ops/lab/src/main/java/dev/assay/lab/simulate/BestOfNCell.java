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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Suboptimality of every policy at one n: the true reward of the best candidate less that of the chosen one.
 *
 * @param regrets of the replications that converged, policies by sizes
 * @param failures replications that did not
 */
record BestOfNCell(int n, List<Regrets> regrets, int failures) {
    static final int[] SIZES = {20, 40, 60, 80, 128};
    static final int LARGEST = 128;
    private static final int PROMPTS = 10; // of a replication

    /**
     * Means over the prompts of one replication.
     *
     * @param regret       of each of {@link Policy#ALL}, at each of the sizes
     * @param bradleyTerry of plain best-of-N with every annotator alike, at each of the sizes
     */
    private record Regrets(List<List<Double>> regret, List<Double> bradleyTerry) {}

    /** @param shift added to every feature of every candidate: no preference between candidates depends on it */
    static BestOfNCell run(String name, Design design, double shift, int n, Replications replications) {
        List<Optional<Regrets>> all = replications.run(name + " n=" + n, seed -> regrets(design, shift, n, seed));
        List<Regrets> given = all.stream().flatMap(Optional::stream).toList();
        return new BestOfNCell(n, given, all.size() - given.size());
    }

    ReplicationMean regret(Policy policy, int size) {
        int p = Policy.ALL.indexOf(policy);
        int s = Arrays.binarySearch(SIZES, size);
        return ReplicationMean.of(
                regrets.stream().mapToDouble(one -> one.regret().get(p).get(s)).toArray());
    }

    /** Plain less the policy, of the same replications: above 0 where the policy is better. */
    ReplicationMean gain(Policy policy, int size) {
        int p = Policy.ALL.indexOf(policy);
        int plain = Policy.ALL.indexOf(Policy.PLAIN);
        int s = Arrays.binarySearch(SIZES, size);
        return ReplicationMean.of(regrets.stream()
                .mapToDouble(one ->
                        one.regret().get(plain).get(s) - one.regret().get(p).get(s))
                .toArray());
    }

    ReplicationMean bradleyTerry(int size) {
        int s = Arrays.binarySearch(SIZES, size);
        return ReplicationMean.of(
                regrets.stream().mapToDouble(one -> one.bradleyTerry().get(s)).toArray());
    }

    private static Optional<Regrets> regrets(Design design, double shift, int n, long seed) {
        Sample sample = new Sample(design, seed);
        Optional<Fitting.Both> both = Fitting.Both.of(sample.store(n));
        if (both.isEmpty()) {
            return Optional.empty();
        }
        Inference inference = both.get().inference();
        double[][] regret = new double[Policy.ALL.size()][SIZES.length];
        double[] bradleyTerry = new double[SIZES.length];
        Vector origin = constant(shift, design.rewardDimension());
        for (int prompt = 0; prompt < PROMPTS; prompt++) {
            List<Vector> candidates = sample.candidates(LARGEST).stream()
                    .map(candidate -> candidate.plus(origin))
                    .toList();
            double[] truth = rewards(candidates, sample.truth().reward());
            List<Interval> all = intervals(candidates, inference, Centring.FEATURE_SPACE);
            double[] estimate = rewards(candidates, both.get().alike());
            for (int s = 0; s < SIZES.length; s++) {
                int size = SIZES[s];
                double best = truth[highest(truth, size)];
                List<Vector> some = candidates.subList(0, size);
                List<Interval> recorded = all.subList(0, size);
                List<Interval> centred = intervals(some, inference, Centring.CANDIDATES);
                for (int p = 0; p < regret.length; p++) {
                    Policy policy = Policy.ALL.get(p);
                    int chosen = policy.choose(policy.centred() ? centred : recorded);
                    regret[p][s] += (best - truth[chosen]) / PROMPTS;
                }
                bradleyTerry[s] += (best - truth[highest(estimate, size)]) / PROMPTS;
            }
        }
        return Optional.of(
                new Regrets(Arrays.stream(regret).map(BestOfNCell::list).toList(), list(bradleyTerry)));
    }

    static List<Interval> intervals(List<Vector> candidates, Inference inference, Centring centring) {
        return Candidate.all(candidates, inference, centring).stream()
                .map(Candidate::reward)
                .toList();
    }

    private static double[] rewards(List<Vector> candidates, Vector reward) {
        return candidates.stream().mapToDouble(reward::dot).toArray();
    }

    /** Of the first ones. */
    private static int highest(double[] values, int size) {
        return IntStream.range(0, size)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    private static Vector constant(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return Vector.of(values);
    }

    private static List<Double> list(double[] values) {
        return new ArrayList<>(Arrays.stream(values).boxed().toList());
    }
}
