package dev.assay.estimator.algebra;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions along which rows vary most: leading eigenvectors of the scatter matrix {@code S = Σ (x−μ)(x−μ)ᵀ}.
 *
 * <p>Idea: subspace iteration. A block of vectors, a few more than wanted, is multiplied by a polynomial of S that is large
 * on the wanted eigenvalues and small on the rest, made orthonormal, and turned to the best approximations within its span
 * (Rayleigh–Ritz). The polynomial is Chebyshev's, scaled to 1 at the largest eigenvalue, because the spectrum of text falls
 * slowly and plain powers of S would need some ten times as many products. S itself, 4,096 × 4,096 and dense, is never
 * formed: {@code S V = Xᵀ(X V) − n μ(μᵀV)} needs the sparse rows only.
 *
 * <p>Invariant: between two iterations the block is orthonormal and sorted by falling eigenvalue. The degree is held so low
 * that the largest eigenvalue cannot drown the smallest one wanted in rounding.
 */
public final class PrincipalComponents {
    /** Residual of an eigenpair, relative to the largest eigenvalue; squared it bounds the error of the eigenvalue. */
    private static final double TOLERANCE = 1e-9;
    /** Directions that hold less than this share of the sum of squares are rounding and not data. */
    private static final double SMALLEST_SHARE = 1e-12;

    private static final int MAX_ITERATIONS = 100;
    private static final int MAX_DEGREE = 12;
    private static final double MAX_AMPLIFICATION = 1e7;

    private final double[] mean;
    private final double[] directions;
    private final double[] eigenvalues;
    private final double total;
    private final int iterations;

    private PrincipalComponents(
            double[] mean, double[] directions, double[] eigenvalues, double total, int iterations) {
        this.mean = mean;
        this.directions = directions;
        this.eigenvalues = eigenvalues;
        this.total = total;
        this.iterations = iterations;
    }

    /**
     * @param rows in an order that is a function of the data, as the last bits of the result depend on it
     * @param columns size of a row; above {@code components}
     * @param components how many directions; at least 1, below the number of rows and of columns
     * @throws IllegalArgumentException if components are out of bounds or the rows vary along fewer directions
     */
    public static PrincipalComponents of(List<SparseRow> rows, int columns, int components) {
        Require.that(components >= 1, "components must be at least 1, was %d", components);
        Require.that(
                components < rows.size(),
                "components must be less than the number of texts, %d, was %d",
                rows.size(),
                components);
        Require.that(
                components < columns,
                "components must be less than the number of buckets, %d, was %d",
                columns,
                components);
        Scatter scatter = Scatter.of(rows, columns);
        // Half as many again: the wider the block, the faster each iteration closes in, and the dearer it is.
        int width = Math.min(components + Math.max(16, components / 2), Math.min(rows.size() - 1, columns));
        Block block = Block.random(columns, width);
        Block image = Block.zero(columns, width);
        double smallest = SMALLEST_SHARE * scatter.squares();
        double[] values;
        int iteration = 0;
        while (true) {
            block.orthonormalise();
            scatter.multiply(block, image);
            values = turn(block, image);
            double residual = residual(block, image, values, components);
            if (residual <= Math.max(TOLERANCE * values[0], 1e-3 * smallest) || ++iteration >= MAX_ITERATIONS) {
                // At the bound what is left is a mix within a cluster of nearly equal eigenvalues: as good a basis of
                // it.
                break;
            }
            filter(scatter, block, image, values, smallest, residual);
        }
        int found = 0;
        while (found < components && values[found] > smallest) {
            found++;
        }
        Require.that(
                found == components,
                "components must be at most the %d directions along which the %d texts vary, was %d",
                found,
                rows.size(),
                components);
        return new PrincipalComponents(
                scatter.mean(),
                block.leading(components),
                Arrays.copyOf(values, components),
                scatter.total(),
                iteration);
    }

    /** @return μ; size columns */
    public double[] mean() {
        return mean;
    }

    /** @return one orthonormal direction per component, largest entry positive; columns × components, row by row */
    public double[] directions() {
        return directions;
    }

    /** @return the sum of squares along each direction, falling; size components */
    double[] eigenvalues() {
        return eigenvalues;
    }

    /** @return the share of the sum of squares that the directions hold, in (0, 1] */
    public double explained() {
        return Arrays.stream(eigenvalues).sum() / total;
    }

    int iterations() {
        return iterations;
    }

    /** Rayleigh–Ritz: turns the block and its image to the eigenvectors of S within the span. @return falling eigenvalues */
    private static double[] turn(Block block, Block image) {
        int width = block.width();
        double[][] small = block.transposeTimes(image);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                small[i][j] = small[j][i] = (small[i][j] + small[j][i]) / 2; // Rounding makes it unsymmetric.
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(small, false));
        double[] values = eigen.getRealEigenvalues(); // Commons Math sorts those of a symmetric matrix, largest first.
        double[][] vectors = eigen.getV().getData();
        block.turn(vectors);
        image.turn(vectors);
        return values;
    }

    private static double residual(Block block, Block image, double[] values, int components) {
        double largest = 0;
        for (int j = 0; j < components; j++) {
            double sum = 0;
            for (int row = 0; row < block.rows(); row++) {
                double difference = image.get(row, j) - values[j] * block.get(row, j);
                sum += difference * difference;
            }
            largest = Math.max(largest, Math.sqrt(sum));
        }
        return largest;
    }

    /** Block ← p(S) block, with p the Chebyshev polynomial that is small on [0, c], c the smallest eigenvalue in the block. */
    private static void filter(
            Scatter scatter, Block block, Block image, double[] values, double smallest, double residual) {
        double half = Math.max(values[values.length - 1], smallest) / 2;
        double top = values[0] / half - 1; // where the largest eigenvalue lies when [0, c] is mapped to [-1, 1]
        double growth = Math.log(top + Math.sqrt(Math.max(top * top - 1, 0)));
        // What a wanted vector still contains of the first one, at most the residual, grows by the amplification.
        double budget = Math.log(2 * MAX_AMPLIFICATION * Math.max(1, values[0] / residual * 1e-2));
        int degree = growth > 0 ? (int) Math.max(1, Math.min(MAX_DEGREE, budget / growth)) : 1;
        double scale = 1 / top;
        Block before = block.copy();
        block.combine(scale / half, image, -scale, before, 0, before);
        for (int i = 2; i <= degree; i++) {
            scatter.multiply(block, image);
            double next = 1 / (2 * top - scale);
            // T(i) = 2 x T(i-1) − T(i-2), each divided by its value at the largest eigenvalue.
            before.combine(2 * next / half, image, -2 * next, block, -scale * next, before);
            block.swap(before);
            scale = next;
        }
    }
}
