package dev.assay.estimator.descent;

/**
 * A window on some rows of a store as a pass sees them, side by side in one array: {@code w, y, ψ₀, ψ (k), z (d)}. A
 * freed slot in between is a row of zeros, which adds nothing to any sum. Mutable: the same window moves over a store.
 */
abstract class Rows {
    static final int WEIGHT = 0;
    static final int PREFERENCE = 1;
    static final int OFFSET = 2;
    static final int CONTEXT = 3;

    /** Up to so many columns a plain loop is done before a call of BLAS has begun. */
    static final int FEW_COLUMNS = 24;

    final int d;
    final int k;
    final int stride;
    int start;
    int count;
    int[] clusters = new int[0];
    int clusterStart;
    // The head of every row, side by side and wide: passes look at it once or twice a row.
    double[] weight = new double[0];
    double[] preference = new double[0];
    double[] offset = new double[0];

    Rows(int rewardDimension, int rationalityDimension) {
        d = rewardDimension;
        k = rationalityDimension;
        stride = stride(d, k);
    }

    static int stride(int rewardDimension, int rationalityDimension) {
        return CONTEXT + rationalityDimension + rewardDimension;
    }

    /** First column of z. */
    final int difference() {
        return CONTEXT + k;
    }

    final int cluster(int row) {
        return clusters[clusterStart + row];
    }

    abstract double value(int row, int column);

    /** To be called after every move. */
    final void makeRoomForHeads() {
        weight = Scratch.atLeast(weight, count);
        preference = Scratch.atLeast(preference, count);
        offset = Scratch.atLeast(offset, count);
    }

    /** {@code products[i][r] = Σ_j x(r, from + j) · vectors[i][j]} for every vector. */
    abstract void products(int from, double[][] vectors, double[][] products);

    /** {@code sum[at + j] += Σ_r factors[r] · x(r, from + j)} for {@code columns} columns. */
    abstract void addWeighted(int from, int columns, double[] factors, double[] sum, int at);

    /** {@code sum += Σ_r factors[r] · z_r x(r, from …)ᵀ}, row-major d × columns. */
    abstract void addCross(int from, int columns, double[] factors, double[] sum);

    /** {@code sum += sign · Σ_r u_r u_rᵀ} with {@code u_r = (differenceFactors[r] · z_r, factors[r] · x(r, from …))}. */
    abstract void addOuter(
            double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum);

    /** {@code sum[at + j] += factor · x(row, from + j)} for {@code columns} columns of one row. */
    final void addRow(int row, int from, int columns, double factor, double[] sum, int at) {
        for (int j = 0; j < columns; j++) {
            sum[at + j] += factor * value(row, from + j);
        }
    }
}
