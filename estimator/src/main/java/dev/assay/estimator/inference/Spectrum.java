package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Extreme eigenvalues and singular values; O(size³), for diagnostics only. */
final class Spectrum {
    private Spectrum() {}

    /** The least eigenvalue of a positive semi-definite matrix, size at least 1; what rounding takes below 0 is 0. */
    static double least(PackedSymmetric matrix) {
        return Math.max(0, eigenvalues(matrix.toRows()).min().orElseThrow());
    }

    /** The largest singular value. */
    static double norm(Dense matrix) {
        // Of the smaller of MᵀM and MMᵀ.
        boolean wide = matrix.columns() > matrix.rows();
        int size = wide ? matrix.rows() : matrix.columns();
        int length = wide ? matrix.columns() : matrix.rows();
        double[][] gram = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int l = 0; l < length; l++) {
                    gram[i][j] += wide ? matrix.get(i, l) * matrix.get(j, l) : matrix.get(l, i) * matrix.get(l, j);
                }
                gram[j][i] = gram[i][j];
            }
        }
        return Math.sqrt(Math.max(0, eigenvalues(gram).max().orElse(0)));
    }

    private static java.util.stream.DoubleStream eigenvalues(double[][] rows) {
        return rows.length == 0
                ? java.util.stream.DoubleStream.empty()
                : Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(rows, false)).getRealEigenvalues());
    }
}
