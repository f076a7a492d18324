package dev.assay.estimator.algebra;

import java.util.Optional;

/** The lower triangular L with A = LLᵀ of a positive definite A. Immutable. */
public final class Cholesky {
    private final double[][] factor;

    private Cholesky(double[][] factor) {
        this.factor = factor;
    }

    /** Empty if the matrix is not positive definite, or so nearly not that rounding alone decides. */
    public static Optional<Cholesky> of(PackedSymmetric matrix) {
        int n = matrix.size();
        double[] packed = matrix.packed();
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            int start = PackedSymmetric.at(i, 0);
            for (int j = 0; j < i; j++) {
                row[j] = (packed[start + j] - dot(row, rows[j], j)) / rows[j][j];
            }
            double diagonal = packed[start + i];
            double pivot = diagonal - dot(row, row, i);
            // A pivot below n units in the last place of the diagonal entry is rounding, whatever its sign.
            if (!(pivot > n * Math.ulp(1.0) * diagonal) || !Double.isFinite(pivot)) {
                return Optional.empty();
            }
            row[i] = Math.sqrt(pivot);
            rows[i] = row;
        }
        return Optional.of(new Cholesky(rows));
    }

    /**
     * A factor that was packed before.
     *
     * @throws IllegalArgumentException if a diagonal entry is not above 0
     */
    public static Cholesky ofFactor(int size, Vector packed) {
        PackedSymmetric lower = PackedSymmetric.of(size, packed);
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = packed.slice(PackedSymmetric.at(i, 0), PackedSymmetric.at(i, i) + 1)
                    .toArray();
            Require.that(lower.get(i, i) > 0, "factor entry (%s, %s) must be above 0, was %s", i, i, lower.get(i, i));
        }
        return new Cholesky(rows);
    }

    public int size() {
        return factor.length;
    }

    /** The least share of a diagonal entry of A that is left of it after the entries before: near 0, A is nearly singular. */
    public double leastShare() {
        double least = 1;
        for (int i = 0; i < size(); i++) {
            double pivot = factor[i][i] * factor[i][i];
            least = Math.min(least, pivot / (pivot + dot(factor[i], factor[i], i)));
        }
        return least;
    }

    /** The lower triangle L, packed row by row. */
    public Vector packedFactor() {
        double[] packed = new double[PackedSymmetric.packedSize(size())];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(factor[i], 0, packed, PackedSymmetric.at(i, 0), i + 1);
        }
        return Vector.of(packed);
    }

    /** A⁻¹b. */
    public Vector solve(Vector b) {
        return halfTransposed(half(b));
    }

    /** The forward solve L⁻¹b; its squared length is bᵀA⁻¹b. */
    public Vector half(Vector b) {
        double[] x = b.toArray();
        forward(x);
        return Vector.of(x);
    }

    /** The backward solve L⁻ᵀb. */
    public Vector halfTransposed(Vector b) {
        double[] x = b.toArray();
        for (int i = size() - 1; i >= 0; i--) {
            x[i] /= factor[i][i];
            for (int j = 0; j < i; j++) {
                x[j] -= factor[i][j] * x[i];
            }
        }
        return Vector.of(x);
    }

    /** Lᵀx, the inverse of {@link #halfTransposed}. */
    public Vector timesTransposed(Vector x) {
        double[] product = new double[size()];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j <= i; j++) {
                product[j] += factor[i][j] * x.get(i);
            }
        }
        return Vector.of(product);
    }

    /** A⁻¹. */
    public PackedSymmetric inverse() {
        double[] result = new double[size() * size()];
        for (int i = 0; i < size(); i++) {
            result[i * size() + i] = 1;
        }
        double[] lower = lower();
        Blas.solveLeft(false, size(), lower, result);
        Blas.solveLeft(true, size(), lower, result);
        return symmetric(result);
    }

    /** L⁻¹SL⁻ᵀ: the symmetric matrix S in coordinates in which A is the identity. */
    public PackedSymmetric whiten(PackedSymmetric matrix) {
        Require.that(matrix.size() == size(), "whitening a matrix of size %s by size %s", matrix.size(), size());
        double[] result = dense(matrix);
        double[] lower = lower();
        Blas.solveLeft(false, size(), lower, result);
        Blas.solveRight(false, size(), lower, result);
        return symmetric(result);
    }

    /** L⁻ᵀWL⁻¹: with W = L⁻¹BL⁻ᵀ of {@link #whiten} this is A⁻¹BA⁻¹, without the rounding of an explicit inverse. */
    public PackedSymmetric sandwich(PackedSymmetric whitened) {
        double[] result = dense(whitened);
        double[] lower = lower();
        Blas.solveLeft(true, size(), lower, result);
        Blas.solveRight(true, size(), lower, result);
        return symmetric(result);
    }

    /** ln det A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += 2 * Math.log(factor[i][i]);
        }
        return sum;
    }

    private void forward(double[] x) {
        Require.that(x.length == size(), "solving a system of size %s for a vector of size %s", size(), x.length);
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - dot(factor[i], x, i)) / factor[i][i];
        }
    }

    private static double dot(double[] a, double[] b, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** L with its zeros, row-major; the receiver's own. */
    public double[] lower() {
        double[] lower = new double[size() * size()];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(factor[i], 0, lower, i * size(), i + 1);
        }
        return lower;
    }

    private static double[] dense(PackedSymmetric matrix) {
        int n = matrix.size();
        double[] packed = matrix.packed();
        double[] dense = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                dense[i * n + j] = packed[PackedSymmetric.at(i, j)];
                dense[j * n + i] = dense[i * n + j];
            }
        }
        return dense;
    }

    private PackedSymmetric symmetric(double[] dense) {
        double[] packed = new double[PackedSymmetric.packedSize(size())];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(dense, i * size(), packed, PackedSymmetric.at(i, 0), i + 1);
        }
        return PackedSymmetric.of(size(), packed);
    }
}
