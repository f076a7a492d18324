package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Scratch;

/**
 * A window on some rows of a store as a pass sees them, side by side in one array: {@code w, y, ψ₀, ψ (k), z (d)}. A
 * freed slot in between is a row of zeros, which adds nothing to any sum. Mutable: the same window moves over a store.
 */
public abstract class Rows {
    public static final int WEIGHT = 0;
    public static final int PREFERENCE = 1;
    public static final int OFFSET = 2;
    public static final int CONTEXT = 3;

    /** Up to so many columns a plain loop is done before a call of BLAS has begun. */
    static final int FEW_COLUMNS = 3;

    final int d;
    final int k;
    final int stride;
    int start;
    int count;
    int[] clusters = new int[0];
    int clusterStart;
    // The head of every row, side by side and wide, once readHeads() was called: passes look at it several times.
    double[] weight = new double[0];
    double[] preference = new double[0];
    double[] offset = new double[0];

    Rows(int rewardDimension, int rationalityDimension) {
        d = rewardDimension;
        k = rationalityDimension;
        stride = stride(d, k);
    }

    /** What the kinds of rows have in common of a move; each notes its own array besides. */
    final void moveTo(int firstValue, int[] clusterNumbers, int firstCluster, int rows) {
        start = firstValue;
        clusters = clusterNumbers;
        clusterStart = firstCluster;
        count = rows;
    }

    static int stride(int rewardDimension, int rationalityDimension) {
        return CONTEXT + rationalityDimension + rewardDimension;
    }

    /** k. */
    public final int rationalityDimension() {
        return k;
    }

    /** How many rows there are. */
    public final int count() {
        return count;
    }

    /** w of a row; after {@link #readHeads}, as the next two. */
    public final double weight(int row) {
        return weight[row];
    }

    /** y of a row. */
    public final double preference(int row) {
        return preference[row];
    }

    /** ψ₀ of a row. */
    public final double offset(int row) {
        return offset[row];
    }

    /** First column of z. */
    public final int difference() {
        return CONTEXT + k;
    }

    public final int cluster(int row) {
        return clusters[clusterStart + row];
    }

    public abstract double value(int row, int column);

    /**
     * Reads the heads of all rows. Best after a product has read the rows from end to end: a step from head to head is too
     * wide for the machine to see what will be wanted next.
     */
    public final void readHeads() {
        weight = Scratch.atLeast(weight, count);
        preference = Scratch.atLeast(preference, count);
        offset = Scratch.atLeast(offset, count);
        fillHeads();
    }

    abstract void fillHeads();

    /** {@code products[i][r] = Σ_j x(r, from + j) · vectors[i][j]} for every vector. */
    public abstract void products(int from, double[][] vectors, double[][] products);

    /** {@code sum[at + j] += Σ_r factors[r] · x(r, from + j)} for {@code columns} columns. */
    public abstract void addWeighted(int from, int columns, double[] factors, double[] sum, int at);

    /** {@code sum += Σ_r factors[r] · z_r x(r, from …)ᵀ}, row-major d × columns. */
    public abstract void addCross(int from, int columns, double[] factors, double[] sum);

    /** {@code sum += sign · Σ_r u_r u_rᵀ} with {@code u_r = (differenceFactors[r] · z_r, factors[r] · x(r, from …))}. */
    public abstract void addOuter(
            double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum);

    /** {@code sum[at + j] += factor · x(row, from + j)} for {@code columns} columns of one row. */
    public final void addRow(int row, int from, int columns, double factor, double[] sum, int at) {
        for (int j = 0; j < columns; j++) {
            sum[at + j] += factor * value(row, from + j);
        }
    }
}
