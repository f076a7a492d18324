package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The meat B = Σ_c g_c g_cᵀ of MODEL (13) at a fixed point, kept up as judgments come and go: O(p) a judgment, and O(p²) an
 * annotator whose score has changed since B was last asked for. 8 p bytes an annotator.
 */
final class RunningClusters {
    private static final int BATCH = 128;

    private final Vector reward;
    private final Vector rationality;
    private final int p;
    private final Map<Integer, Cluster> clusters = new HashMap<>();
    private final Map<Integer, double[]> before =
            new LinkedHashMap<>(); // scores that B still has, of those that changed
    private final OuterSum meat;
    private final Rank plus;
    private final Rank minus;
    private double ownClusters;

    private static final class Cluster {
        final double[] score;
        int rows;

        Cluster(int size) {
            score = new double[size];
        }
    }

    RunningClusters(Parameters at) {
        reward = at.reward();
        rationality = at.rationality();
        p = at.dimension();
        meat = new OuterSum(p);
        plus = new Rank(1);
        minus = new Rank(-1);
    }

    /** @param sign 1 for rows that come, -1 for rows that go */
    void change(ComparisonBlock block, int sign) {
        for (int r = 0; r < block.rows(); r++) {
            if (block.weight(r) > 0) {
                change(block, r, sign);
            }
        }
    }

    private void change(ComparisonBlock block, int row, int sign) {
        double sigma = block.offset(row);
        for (int i = 0; i < rationality.size(); i++) {
            sigma += rationality.get(i) * block.context(row, i);
        }
        double rewardDifference = 0;
        for (int j = 0; j < reward.size(); j++) {
            rewardDifference += reward.get(j) * block.difference(row, j);
        }
        double residual = ChoiceModel.residual(sigma * rewardDifference, block.preference(row));
        double weight = block.weight(row);
        if (block.cluster(row) == ComparisonBlock.OWN_CLUSTER) {
            ownClusters += sign * weight;
            Rank rank = sign > 0 ? plus : minus;
            addScore(block, row, Math.sqrt(weight) * residual, sigma, rewardDifference, rank.next(), rank.at());
            rank.filled();
            return;
        }
        Cluster cluster = clusters.computeIfAbsent(block.cluster(row), absent -> new Cluster(p));
        before.computeIfAbsent(block.cluster(row), absent -> cluster.score.clone());
        addScore(block, row, sign * weight * residual, sigma, rewardDifference, cluster.score, 0);
        cluster.rows += sign;
    }

    /** Adds factor × v of MODEL (3). */
    private void addScore(
            ComparisonBlock block, int row, double factor, double sigma, double rewardDifference, double[] to, int at) {
        int d = reward.size();
        for (int j = 0; j < d; j++) {
            to[at + j] += factor * sigma * block.difference(row, j);
        }
        for (int i = 0; i < rationality.size(); i++) {
            to[at + d + i] += factor * rewardDifference * block.context(row, i);
        }
    }

    /** G: annotators with a row of weight above 0, and the weight of rows without an annotator. */
    double count() {
        long annotators =
                clusters.values().stream().filter(cluster -> cluster.rows > 0).count();
        return Math.max(0, ownClusters) + annotators;
    }

    /** B, packed. */
    Vector meat() {
        before.forEach((number, old) -> {
            minus.add(old);
            Cluster cluster = clusters.get(number);
            if (cluster != null && cluster.rows > 0) {
                plus.add(cluster.score);
            } else {
                clusters.remove(number); // and with it what rounding has left of its score
            }
        });
        before.clear();
        plus.flush();
        minus.flush();
        return meat.packed();
    }

    /** Rows that wait to enter B together. */
    private final class Rank {
        private final int sign;
        private final double[] rows = new double[BATCH * p];
        private int count;

        Rank(int sign) {
            this.sign = sign;
        }

        double[] next() {
            return rows;
        }

        int at() {
            return count * p;
        }

        void filled() {
            if (++count == BATCH) {
                flush();
            }
        }

        void add(double[] row) {
            System.arraycopy(row, 0, rows, at(), p);
            filled();
        }

        void flush() {
            meat.add(rows, count, sign);
            Arrays.fill(rows, 0);
            count = 0;
        }
    }
}
