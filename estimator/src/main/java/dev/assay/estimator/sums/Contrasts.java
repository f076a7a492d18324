package dev.assay.estimator.sums;

import dev.assay.estimator.choice.PlackettLuce;

/** Contrasts c_k = e_k − Σ_{j<k} share_kj e_j of {@link PlackettLuce#eliminate} applied to numbers of the responses. */
final class Contrasts {
    private Contrasts() {}

    /** cᵀx. */
    static double of(PlackettLuce model, int k, double[] x) {
        double mean = 0;
        for (int j = 0; j < k; j++) {
            mean += model.contrastShare(k, j) * x[j];
        }
        return x[k] - mean;
    }

    /** {@code row[at …] = factor · cᵀX} with X row-major of {@code columns} columns. */
    static void fill(PlackettLuce model, int k, double[] x, int columns, double factor, double[] row, int at) {
        for (int i = 0; i < columns; i++) {
            row[at + i] = factor * x[k * columns + i];
        }
        for (int j = 0; j < k; j++) {
            double share = factor * model.contrastShare(k, j);
            for (int i = 0; i < columns; i++) {
                row[at + i] -= share * x[j * columns + i];
            }
        }
    }
}
