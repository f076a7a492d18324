package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.OuterSum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The summed score of each annotator, g_c of MODEL (13), in order of first appearance. What B has of them is settled now
 * and then, for all who changed since at once: two products then stand for a rank-one update of B with every row.
 */
final class ClusterScores {
    private static final int AT_ONCE = 256; // rows of one product

    private final int size;
    private final Map<Integer, Score> scores = new LinkedHashMap<>();
    private final List<Score> changed = new ArrayList<>();

    ClusterScores(int size) {
        this.size = size;
    }

    /**
     * The sum of that annotator, to be added to.
     *
     * @param rows how many rows of weight above 0 it is added; below 0, taken out
     */
    double[] change(int cluster, int rows) {
        Score score = scores.get(cluster);
        if (score == null) {
            score = new Score(cluster, new double[size]);
            scores.put(cluster, score);
        }
        if (!score.changed) {
            score.changed = true;
            score.settled = score.isSettled ? score.sum.clone() : new double[0];
            changed.add(score);
        }
        score.rows += rows;
        return score.sum;
    }

    void absorb(ClusterScores later) {
        for (Score score : later.scores.values()) {
            double[] sum = change(score.cluster, score.rows);
            for (int i = 0; i < size; i++) {
                sum[i] += score.sum[i];
            }
        }
        later.scores.clear();
        later.changed.clear();
    }

    /** Annotators changed since the last settlement, and so copies held of old sums. */
    int unsettled() {
        return changed.size();
    }

    /** G: annotators with a row, once settled. */
    int count() {
        return scores.size();
    }

    /** Brings Σ_c g_c g_cᵀ up to date: the old of all who changed out, the new in. */
    void settle(OuterSum meat) {
        Product old = new Product(meat, -1);
        changed.stream().filter(score -> score.isSettled).forEach(score -> old.add(score.settled));
        old.finish();
        Product now = new Product(meat, 1);
        for (Score score : changed) {
            if (score.rows > 0) {
                now.add(score.sum);
            } else {
                scores.remove(score.cluster);
            }
            score.settled = new double[0];
            score.isSettled = true;
            score.changed = false;
        }
        now.finish();
        changed.clear();
    }

    /** Bytes of the sums, about. */
    long bytes() {
        return 8L * size * (scores.size() + changed.size());
    }

    private static final class Score {
        final int cluster;
        final double[] sum;
        int rows;
        boolean isSettled; // whether B has this annotator
        boolean changed;
        double[] settled = new double[0]; // what B has, of one changed since

        Score(int cluster, double[] sum) {
            this.cluster = cluster;
            this.sum = sum;
        }
    }

    private final class Product {
        private final OuterSum sum;
        private final double sign;
        private final double[] rows = new double[Math.min(changed.size(), AT_ONCE) * size];
        private int filled;

        Product(OuterSum sum, double sign) {
            this.sum = sum;
            this.sign = sign;
        }

        void add(double[] row) {
            System.arraycopy(row, 0, rows, filled * size, size);
            if (++filled == AT_ONCE) {
                finish();
            }
        }

        void finish() {
            sum.add(rows, filled, sign);
            filled = 0;
        }
    }
}
