package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;

/**
 * Some rows of a store, widened to doubles: the scratch space a pass works in. Mutable, meant to be filled again and
 * again by {@link ComparisonStore#read}; a store writes rows {@code 0 .. rows-1}.
 */
public final class ComparisonBlock {
    /** Small enough for the second-level cache at p = 150, large enough that a pass is spent in the inner loops. */
    public static final int ROWS = 128;

    /** Cluster number of a row that belongs to no annotator. */
    public static final int OWN_CLUSTER = -1;

    final double[] offset;
    final double[] weight;
    final double[] preference;
    final double[][] context;
    final double[][] difference;
    final int[] cluster;
    private int rows;

    public ComparisonBlock(int capacity, int rewardDimension, int rationalityDimension) {
        Require.that(capacity > 0, "capacity must be above 0, was %s", capacity);
        offset = new double[capacity];
        weight = new double[capacity];
        preference = new double[capacity];
        context = new double[capacity][rationalityDimension];
        difference = new double[capacity][rewardDimension];
        cluster = new int[capacity];
    }

    public int rows() {
        return rows;
    }

    /** ψ₀ of a row. */
    public double offset(int row) {
        return offset[row];
    }

    /** w of a row. */
    public double weight(int row) {
        return weight[row];
    }

    /** y of a row. */
    public double preference(int row) {
        return preference[row];
    }

    /** Entry of ψ of a row. */
    public double context(int row, int index) {
        return context[row][index];
    }

    /** Entry of z of a row. */
    public double difference(int row, int index) {
        return difference[row][index];
    }

    /** Number of the row's annotator, or {@link #OWN_CLUSTER}. */
    public int cluster(int row) {
        return cluster[row];
    }

    public void clear() {
        rows = 0;
    }

    boolean full() {
        return rows == offset.length;
    }

    /** Takes the next row for writing; the caller fills every column of it. */
    int next() {
        return rows++;
    }
}
