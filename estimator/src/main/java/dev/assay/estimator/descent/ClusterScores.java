package dev.assay.estimator.descent;

import java.util.LinkedHashMap;
import java.util.Map;

/** The summed score of each annotator, g_c of MODEL (13), in order of first appearance. */
final class ClusterScores {
    private static final int AT_ONCE = 256; // rows of one product

    private final int size;
    private final Map<Integer, double[]> scores = new LinkedHashMap<>();

    ClusterScores(int size) {
        this.size = size;
    }

    /** The sum of that annotator, to be added to. */
    double[] of(int cluster) {
        return scores.computeIfAbsent(cluster, absent -> new double[size]);
    }

    void absorb(ClusterScores later) {
        later.scores.forEach((cluster, score) -> {
            double[] sum = of(cluster);
            for (int i = 0; i < size; i++) {
                sum[i] += score[i];
            }
        });
        later.scores.clear();
    }

    int count() {
        return scores.size();
    }

    /** Adds Σ_c g_c g_cᵀ. */
    void addTo(OuterSum meat) {
        double[] rows = new double[Math.min(scores.size(), AT_ONCE) * size];
        int filled = 0;
        for (double[] score : scores.values()) {
            System.arraycopy(score, 0, rows, filled * size, size);
            if (++filled == AT_ONCE) {
                meat.add(rows, filled, 1);
                filled = 0;
            }
        }
        meat.add(rows, filled, 1);
    }
}
