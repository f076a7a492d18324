package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rewards and standard errors of many responses at once: MODEL (14). With Σ_θθ = RRᵀ, computed once, all squared standard
 * errors of Φ, N × d, are the squared lengths of the rows of ΦR: one product with a triangle for the whole batch. It does for
 * every covariance, a sandwich included, what a triangular solve with the Cholesky factor of J does for J⁻¹, and costs the
 * same. Immutable.
 */
public final class RewardKernel {
    private final double[] reward;
    private final double[] factor; // R, d × columns, row-major
    private final int columns;
    private final boolean triangular;
    private final NotEstimable notEstimable;

    private RewardKernel(double[] reward, double[] factor, int columns, boolean triangular, NotEstimable notEstimable) {
        this.notEstimable = notEstimable;
        this.reward = reward;
        this.factor = factor;
        this.columns = columns;
        this.triangular = triangular;
    }

    /**
     * @param reward     θ, size d
     * @param covariance of all parameters, θ first
     */
    public static RewardKernel of(Vector reward, Covariance covariance) {
        int d = reward.size();
        PackedSymmetric block = covariance.matrix().block(0, d);
        Optional<Cholesky> cholesky = Cholesky.of(block);
        if (cholesky.isPresent()) {
            return new RewardKernel(reward.toArray(), cholesky.get().lower(), d, true, covariance.notEstimable());
        }
        // Fewer annotators than parameters: directions that look certain have no column.
        double[][] found = SemidefiniteFactor.columns(block);
        double[] factor = new double[d * found.length];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < found.length; j++) {
                factor[i * found.length + j] = found[j][i];
            }
        }
        return new RewardKernel(reward.toArray(), factor, found.length, false, covariance.notEstimable());
    }

    /**
     * What {@link #of} found.
     *
     * @param rewards        θᵀφ, one a row
     * @param standardErrors of the same, at least 0; +∞ of what is not estimable
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Rewards(double[] rewards, double[] standardErrors) {
        /** @return the reward of one row with its bounds, {@code quantile} standard errors to each side */
        public Interval interval(int row, double quantile) {
            return Interval.around(rewards[row], standardErrors[row], quantile);
        }
    }

    /** d. */
    public int dimension() {
        return reward.length;
    }

    /**
     * @param features Φ, row after row, {@code count · d} numbers
     * @param count    N, at least 1
     */
    public Rewards of(double[] features, int count) {
        int d = reward.length;
        Require.that(
                count >= 1 && features.length == count * d,
                "features must be %s rows of %s, were %s numbers",
                count,
                d,
                features.length);
        double[] rewards = new double[count];
        Blas.times(count, d, features, 0, d, reward, rewards);
        double[] products = new double[count * columns];
        if (triangular) {
            Blas.timesLower(count, d, features, factor, products);
        } else if (columns > 0) {
            Blas.times(count, d, columns, features, factor, products);
        }
        double[] errors = new double[count];
        for (int row = 0; row < count; row++) {
            errors[row] = length(products, row * columns, columns);
        }
        for (int row = 0; row < count && !notEstimable.columns().isEmpty(); row++) {
            Vector response = Vector.of(Arrays.copyOfRange(features, row * d, (row + 1) * d));
            errors[row] = notEstimable.has(response, 0) ? Double.POSITIVE_INFINITY : errors[row];
        }
        levelTwins(features, count, rewards, errors);
        return new Rewards(rewards, errors);
    }

    // A native BLAS rounds the last rows of a matrix otherwise than the first. Of responses that are the same, ties
    // must be
    // ties: each gets the numbers of the first.
    private void levelTwins(double[] features, int count, double[] rewards, double[] errors) {
        int d = reward.length;
        Map<Long, Integer> firsts = new HashMap<>();
        for (int row = 0; row < count; row++) {
            int at = row * d;
            long hash = 0;
            for (int j = 0; j < d; j++) {
                hash += (2L * j + 1) * Double.doubleToRawLongBits(features[at + j]);
            }
            Integer first = firsts.putIfAbsent(hash, row);
            if (first != null && Arrays.equals(features, at, at + d, features, first * d, (first + 1) * d)) {
                rewards[row] = rewards[first];
                errors[row] = errors[first];
            }
        }
    }

    // Four sums, because one would wait for itself at every addition.
    private static double length(double[] values, int from, int size) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = from;
        for (; at + 4 <= from + size; at += 4) {
            a += values[at] * values[at];
            b += values[at + 1] * values[at + 1];
            c += values[at + 2] * values[at + 2];
            d += values[at + 3] * values[at + 3];
        }
        for (; at < from + size; at++) {
            a += values[at] * values[at];
        }
        return Math.sqrt(a + b + (c + d));
    }
}
