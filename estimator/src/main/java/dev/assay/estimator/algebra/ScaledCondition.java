package dev.assay.estimator.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How near a positive semi-definite matrix M is to losing rank, whatever the units of its columns: the condition number
 * of D^{-1/2}MD^{-1/2} with D = diag M, and the columns that depend on each other.
 *
 * @param number  largest over smallest eigenvalue, at least 1; 1e18 stands for all that rounding cannot tell apart
 * @param columns indices of the columns with a large share in the eigenvector of the smallest eigenvalue, ascending; the
 *                zero columns if there are any
 */
public record ScaledCondition(double number, List<Integer> columns) {
    private static final double LARGEST = 1e18;
    private static final int ITERATIONS = 300;
    private static final double ENOUGH = 1e-9;
    private static final double LARGE_SHARE = 0.2;

    public ScaledCondition {
        columns = List.copyOf(columns);
    }

    public static ScaledCondition of(PackedSymmetric matrix) {
        int n = matrix.size();
        if (n == 0) {
            return new ScaledCondition(1, List.of());
        }
        List<Integer> zeros = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (!(matrix.get(i, i) > 0)) {
                zeros.add(i);
            }
        }
        return zeros.isEmpty() ? ofPositiveDiagonal(matrix) : new ScaledCondition(LARGEST, zeros);
    }

    // Powers of the matrix and of its inverse, not a full decomposition: O(n²) an iteration after one factorisation,
    // nothing in it can fail to converge with an exception, and a deficient matrix is where it converges fastest.
    private static ScaledCondition ofPositiveDiagonal(PackedSymmetric matrix) {
        PackedSymmetric scaled = scaled(matrix);
        int n = scaled.size();
        double largest = iterate(n, scaled::times).eigenvalue();
        double shift = 0;
        Optional<Cholesky> factor = Cholesky.of(scaled);
        while (factor.isEmpty()) {
            shift = shift == 0 ? n * Math.ulp(1.0) : 4 * shift;
            factor = Cholesky.of(scaled.plusDiagonal(ones(n).times(shift)));
        }
        Pair smallest = iterate(n, factor.get()::solve);
        double smallestEigenvalue = 1 / smallest.eigenvalue() - shift;
        double number = Math.min(LARGEST, largest / Math.max(smallestEigenvalue, 1 / LARGEST));
        return new ScaledCondition(Math.max(1, number), largeEntries(smallest.vector()));
    }

    private static PackedSymmetric scaled(PackedSymmetric matrix) {
        double[][] rows = matrix.toRows();
        Vector diagonal = matrix.diagonal();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = rows[i][j] / Math.sqrt(diagonal.get(i)) / Math.sqrt(diagonal.get(j));
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    private record Pair(double eigenvalue, Vector vector) {}

    private interface Linear {
        Vector times(Vector vector);
    }

    private static Pair iterate(int n, Linear matrix) {
        double[] start = new double[n];
        for (int i = 0; i < n; i++) {
            start[i] = 1 + 0.37 * Math.sin(1 + 7.0 * i); // uneven, so that it is orthogonal to no likely eigenvector
        }
        Vector vector = Vector.of(start);
        vector = vector.times(1 / vector.length());
        double eigenvalue = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            Vector next = matrix.times(vector);
            double length = next.length();
            vector = next.times(1 / length);
            if (Math.abs(length - eigenvalue) <= ENOUGH * length) {
                return new Pair(length, vector);
            }
            eigenvalue = length;
        }
        return new Pair(eigenvalue, vector);
    }

    private static Vector ones(int n) {
        double[] ones = new double[n];
        java.util.Arrays.fill(ones, 1);
        return Vector.of(ones);
    }

    private static List<Integer> largeEntries(Vector vector) {
        double largest = 0;
        for (int i = 0; i < vector.size(); i++) {
            largest = Math.max(largest, Math.abs(vector.get(i)));
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            if (Math.abs(vector.get(i)) >= LARGE_SHARE * largest) {
                columns.add(i);
            }
        }
        return columns;
    }
}
