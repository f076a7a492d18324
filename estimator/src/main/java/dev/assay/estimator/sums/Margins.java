package dev.assay.estimator.sums;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Rows;
import java.util.List;

/** Rationality σ and reward difference θᵀz of every row of a window, at several points at once: MODEL (1). */
final class Margins {
    private final double[][] reward;
    private final double[][] rationality;
    final double[][] sigma; // by point, then row
    final double[][] rewardDifference;

    Margins(List<Parameters> points, int capacity) {
        reward = points.stream().map(at -> at.reward().toArray()).toArray(double[][]::new);
        rationality = points.stream().map(at -> at.rationality().toArray()).toArray(double[][]::new);
        sigma = new double[points.size()][capacity];
        rewardDifference = new double[points.size()][capacity];
    }

    void compute(Rows rows) {
        if (reward.length == 0) {
            return;
        }
        rows.products(rows.difference(), reward, rewardDifference);
        rows.products(Rows.CONTEXT, rationality, sigma);
        rows.readHeads();
        boolean noContext = rows.rationalityDimension() == 0;
        for (double[] ofPoint : sigma) {
            for (int r = 0; r < rows.count(); r++) {
                ofPoint[r] = rows.offset(r) + (noContext ? 0 : ofPoint[r]);
            }
        }
    }

    double margin(int point, int row) {
        return sigma[point][row] * rewardDifference[point][row];
    }
}
