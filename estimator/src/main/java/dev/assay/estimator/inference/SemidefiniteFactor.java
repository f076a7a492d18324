package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import java.util.ArrayList;
import java.util.List;

/** The columns of an A with AAᵀ = R for a positive semi-definite R, as many as R has rank: Cholesky with pivots. */
final class SemidefiniteFactor {
    private static final double NOTHING_LEFT = 1e-12; // of the largest diagonal entry: below it, rounding

    private SemidefiniteFactor() {}

    /** @return rank columns, each of the matrix's size */
    static double[][] columns(PackedSymmetric matrix) {
        int n = matrix.size();
        double[] left = matrix.diagonal().toArray(); // diagonal of R − AAᵀ
        List<double[]> columns = new ArrayList<>();
        double least = n == 0 ? 0 : NOTHING_LEFT * left[largest(left)];
        while (columns.size() < n) {
            int pivot = largest(left);
            if (!(left[pivot] > least)) {
                break;
            }
            double root = Math.sqrt(left[pivot]);
            double[] column = new double[n];
            for (int i = 0; i < n; i++) {
                double entry = matrix.get(i, pivot);
                for (double[] earlier : columns) {
                    entry -= earlier[i] * earlier[pivot];
                }
                column[i] = entry / root;
                left[i] -= column[i] * column[i];
            }
            left[pivot] = 0;
            columns.add(column);
        }
        return columns.toArray(new double[0][]);
    }

    private static int largest(double[] values) {
        int at = 0;
        for (int i = 1; i < values.length; i++) {
            at = values[i] > values[at] ? i : at;
        }
        return at;
    }
}
