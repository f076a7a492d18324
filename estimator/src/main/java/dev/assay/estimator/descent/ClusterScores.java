package dev.assay.estimator.descent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summed score of each annotator, g_c of MODEL (13), in order of first appearance. */
final class ClusterScores {
    private final int size;
    private final Map<Integer, double[]> scores = new LinkedHashMap<>();

    ClusterScores(int size) {
        this.size = size;
    }

    void add(int cluster, double residual, double[] gradient) {
        double[] score = scores.computeIfAbsent(cluster, absent -> new double[size]);
        for (int i = 0; i < size; i++) {
            score[i] += residual * gradient[i];
        }
    }

    int count() {
        return scores.size();
    }

    /** Adds Σ_c g_c g_cᵀ. */
    void addTo(SymmetricSum meat) {
        List<double[]> rows = new ArrayList<>(scores.values());
        double[] ones = new double[rows.size()];
        java.util.Arrays.fill(ones, 1);
        meat.add(rows.toArray(new double[0][]), ones, rows.size());
    }
}
