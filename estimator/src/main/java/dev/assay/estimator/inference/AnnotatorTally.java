package dev.assay.estimator.inference;

import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.ComparisonBlock;
import dev.assay.estimator.descent.ComparisonStore;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all annotators' judgments sum to at one estimate; shards add theirs. 64 bytes of numbers an annotator.
 *
 * @param annotators by number, at least 0; judgments without an annotator are not in it
 */
public record AnnotatorTally(SortedMap<Integer, AnnotatorSums> annotators) {
    public AnnotatorTally {
        annotators = Collections.unmodifiableSortedMap(new TreeMap<>(annotators));
    }

    /** One pass over a store, O(d + k) a judgment. */
    public static AnnotatorTally of(Parameters at, ComparisonStore store) {
        BlockPass pass = new BlockPass(at);
        Map<Integer, double[]> sums = new HashMap<>();
        pass.over(store, block -> {
            for (int r = 0; r < block.rows(); r++) {
                if (block.cluster(r) != ComparisonBlock.OWN_CLUSTER && block.weight(r) > 0) {
                    double margin = pass.sigma(block, r) * pass.rewardDifference(block, r);
                    add(
                            sums.computeIfAbsent(block.cluster(r), absent -> new double[8]),
                            margin,
                            block.preference(r),
                            block.weight(r));
                }
            }
        });
        SortedMap<Integer, AnnotatorSums> annotators = new TreeMap<>();
        sums.forEach((annotator, s) ->
                annotators.put(annotator, new AnnotatorSums(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])));
        return new AnnotatorTally(annotators);
    }

    /** @param other at the same estimate, with the same numbers for the same annotators */
    public AnnotatorTally plus(AnnotatorTally other) {
        SortedMap<Integer, AnnotatorSums> sum = new TreeMap<>(annotators);
        other.annotators.forEach((annotator, sums) -> sum.merge(annotator, sums, AnnotatorSums::plus));
        return new AnnotatorTally(sum);
    }

    private static void add(double[] sums, double margin, double preference, double weight) {
        double direction = Math.signum(preference - 0.5) * Math.signum(margin);
        sums[0] += weight;
        sums[1] += direction == 0 ? 0 : weight;
        sums[2] += direction > 0 ? weight : 0;
        double curvature = weight * ChoiceModel.variance(margin) * margin * margin;
        sums[3] += weight * ChoiceModel.residual(margin, preference) * margin;
        sums[4] += curvature;
        sums[5] -= curvature * Math.tanh(margin / 2) * margin; // 2π − 1 = tanh(m/2)
        sums[6] += weight * (preference - 0.5) * margin;
        sums[7] += weight * margin * margin / 4;
    }
}
