package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Comparison;
import java.util.ArrayList;
import java.util.List;

/** Comparisons in float64, append only: for offline fits, where input and result are compared digit by digit. */
public final class DoubleComparisonStore implements ComparisonStore {
    private static final int HEAD = 3; // offset, weight, preference; then context, then difference

    private final int rewardDimension;
    private final int rationalityDimension;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Integer> clusters = new ArrayList<>();

    public DoubleComparisonStore(int rewardDimension, int rationalityDimension) {
        Require.that(rewardDimension > 0, "reward dimension must be above 0, was %s", rewardDimension);
        Require.that(rationalityDimension >= 0, "rationality dimension must not be below 0: %s", rationalityDimension);
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
    }

    /** A row that is its own cluster. */
    public void add(Comparison comparison) {
        add(comparison, ComparisonBlock.OWN_CLUSTER);
    }

    /** @param cluster number of the annotator, or -1 for a row that is its own cluster */
    public void add(Comparison comparison, int cluster) {
        Require.that(
                comparison.context().size() == rationalityDimension
                        && comparison.difference().size() == rewardDimension,
                "expected context of size %s and difference of size %s, got %s and %s",
                rationalityDimension,
                rewardDimension,
                comparison.context().size(),
                comparison.difference().size());
        double[] row = new double[HEAD + rationalityDimension + rewardDimension];
        row[0] = comparison.offset();
        row[1] = comparison.weight();
        row[2] = comparison.preference();
        System.arraycopy(comparison.context().toArray(), 0, row, HEAD, rationalityDimension);
        System.arraycopy(comparison.difference().toArray(), 0, row, HEAD + rationalityDimension, rewardDimension);
        rows.add(row);
        clusters.add(cluster);
    }

    @Override
    public int rewardDimension() {
        return rewardDimension;
    }

    @Override
    public int rationalityDimension() {
        return rationalityDimension;
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public long read(long cursor, ComparisonBlock block) {
        block.clear();
        int position = (int) cursor;
        for (; position < rows.size() && !block.full(); position++) {
            double[] row = rows.get(position);
            int at = block.next();
            block.offset[at] = row[0];
            block.weight[at] = row[1];
            block.preference[at] = row[2];
            System.arraycopy(row, HEAD, block.context[at], 0, rationalityDimension);
            System.arraycopy(row, HEAD + rationalityDimension, block.difference[at], 0, rewardDimension);
            block.cluster[at] = clusters.get(position);
        }
        return position;
    }
}
