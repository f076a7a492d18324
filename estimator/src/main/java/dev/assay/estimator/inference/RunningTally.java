package dev.assay.estimator.inference;

import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.columns.RunningRows;
import dev.assay.estimator.inference.AnnotatorSums.Slope;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An {@link AnnotatorTally} at a fixed estimate, kept up as judgments arrive, change and leave: O(d + k) each. An annotator
 * whose last judgment leaves is gone, and with them what rounding has left of their sums.
 */
public final class RunningTally extends RunningRows {
    private final BlockPass pass;
    private final RankingTally rankings;
    private final Map<Integer, Sums> annotators = new HashMap<>();

    private static final class Sums {
        final double[] of = new double[9]; // in the order of AnnotatorSums, slopes unfolded
        int rows;
    }

    private RunningTally(Parameters at) {
        pass = new BlockPass(at);
        rankings = new RankingTally(at);
    }

    /** One pass over what is there. */
    public static RunningTally over(Parameters at, ComparisonStore store) {
        RunningTally tally = new RunningTally(at);
        tally.pass.over(store, tally::add);
        return tally;
    }

    /** One pass over both stores, which number annotators alike. */
    public static RunningTally over(Parameters at, ComparisonStore store, RankingStore rankings) {
        RunningTally tally = over(at, store);
        rankings.forEach(tally::add);
        return tally;
    }

    /** The tally over all that is in now. */
    public AnnotatorTally tally() {
        SortedMap<Integer, AnnotatorSums> tally = new TreeMap<>();
        annotators.forEach((annotator, sums) -> {
            double[] s = sums.of;
            tally.put(
                    annotator,
                    new AnnotatorSums(s[0], s[1], s[2], new Slope(s[3], s[4]), s[5], s[6], new Slope(s[7], s[8])));
        });
        return new AnnotatorTally(tally);
    }

    @Override
    protected void change(ComparisonBlock block, int sign) {
        for (int r = 0; r < block.rows(); r++) {
            if (block.cluster(r) == ComparisonBlock.OWN_CLUSTER || block.weight(r) == 0) {
                continue;
            }
            double margin = pass.sigma(block, r) * pass.rewardDifference(block, r);
            add(change(block.cluster(r), sign), margin, block.preference(r), sign * block.weight(r));
            dropIfGone(block.cluster(r));
        }
    }

    @Override
    protected void change(RankingBlock block, int sign) {
        for (int r = 0; r < block.rows(); r++) {
            if (block.cluster(r) == ComparisonBlock.OWN_CLUSTER || block.weight(r) == 0) {
                continue;
            }
            rankings.add(block, r, sign * block.weight(r), change(block.cluster(r), sign));
            dropIfGone(block.cluster(r));
        }
    }

    private double[] change(int annotator, int sign) {
        Sums sums = annotators.computeIfAbsent(annotator, absent -> new Sums());
        sums.rows += sign;
        return sums.of;
    }

    private void dropIfGone(int annotator) {
        Sums sums = annotators.get(annotator);
        if (sums != null && sums.rows == 0) {
            annotators.remove(annotator);
        }
    }

    private static void add(double[] sums, double margin, double preference, double weight) {
        double direction = Math.signum(preference - 0.5) * Math.signum(margin);
        sums[0] += weight;
        sums[1] += direction == 0 ? 0 : weight;
        sums[2] += direction > 0 ? weight : 0;
        double curvature = weight * ChoiceModel.variance(margin) * margin * margin;
        double score = ChoiceModel.residual(margin, preference) * margin;
        sums[3] += weight * score;
        sums[4] += curvature;
        sums[5] -= curvature * Math.tanh(margin / 2) * margin; // 2π − 1 = tanh(m/2)
        sums[6] += weight * score * score;
        sums[7] += weight * (preference - 0.5) * margin;
        sums[8] += weight * margin * margin / 4;
    }
}
