package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Require;

/**
 * Some rows of a store, widened to doubles: for those who look at single rows. Mutable, meant to be filled again and again
 * by {@link ComparisonStore#read}; a store writes rows {@code 0 .. rows-1}.
 */
public final class ComparisonBlock {
    /** A good number of rows to read at once. */
    public static final int ROWS = 128;

    /** Cluster number of a row that belongs to no annotator. */
    public static final int OWN_CLUSTER = -1;

    final double[] values; // as in Rows
    final int[] cluster;
    final int stride;
    private final int capacity;
    private final DoubleRows view;
    private int rows;

    public ComparisonBlock(int capacity, int rewardDimension, int rationalityDimension) {
        Require.that(capacity > 0, "capacity must be above 0, was %s", capacity);
        this.capacity = capacity;
        stride = Rows.stride(rewardDimension, rationalityDimension);
        values = new double[capacity * stride];
        cluster = new int[capacity];
        view = new DoubleRows(rewardDimension, rationalityDimension);
    }

    public int rows() {
        return rows;
    }

    /** ψ₀ of a row. */
    public double offset(int row) {
        return values[row * stride + Rows.OFFSET];
    }

    /** w of a row. */
    public double weight(int row) {
        return values[row * stride + Rows.WEIGHT];
    }

    /** y of a row. */
    public double preference(int row) {
        return values[row * stride + Rows.PREFERENCE];
    }

    /** Entry of ψ of a row. */
    public double context(int row, int index) {
        return values[row * stride + Rows.CONTEXT + index];
    }

    /** Entry of z of a row. */
    public double difference(int row, int index) {
        return values[row * stride + view.difference() + index];
    }

    /** Number of the row's annotator, or {@link #OWN_CLUSTER}. */
    public int cluster(int row) {
        return cluster[row];
    }

    public void clear() {
        rows = 0;
    }

    public boolean full() {
        return rows == capacity;
    }

    /** Takes the next row for writing; the caller fills every column of it. */
    int next() {
        return rows++;
    }

    /** Bytes of the numbers, about. */
    public long bytes() {
        return 8L * values.length;
    }

    /** Adds a row of a block of the same dimensions. */
    public void copy(ComparisonBlock from, int row) {
        int to = next();
        System.arraycopy(from.values, row * stride, values, to * stride, stride);
        cluster[to] = from.cluster[row];
    }

    /** All rows, for a pass. */
    public Rows view() {
        view.moveTo(values, 0, cluster, 0, rows);
        return view;
    }
}
