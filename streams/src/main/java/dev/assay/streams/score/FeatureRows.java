package dev.assay.streams.score;

import dev.assay.estimator.algebra.Vector;
import java.util.Arrays;
import java.util.List;

/** The features Φ of several responses, N × d, as the kernel takes them: rows in the order of the request. */
public final class FeatureRows {
    private final double[] values;
    private final int count;
    private final int dimension;

    private FeatureRows(double[] values, int count, int dimension) {
        this.values = values;
        this.count = count;
        this.dimension = dimension;
    }

    /**
     * @param rows φ each, all of size d; at least one
     * @param dimension d
     */
    public static FeatureRows of(List<float[]> rows, int dimension) {
        double[] values = new double[rows.size() * dimension];
        int at = 0;
        for (float[] row : rows) {
            for (float feature : row) {
                values[at++] = feature;
            }
        }
        return new FeatureRows(values, rows.size(), dimension);
    }

    /** @return the same, counted from their mean */
    public FeatureRows centred() {
        double[] mean = new double[dimension];
        for (int row = 0; row < values.length; row += dimension) {
            for (int j = 0; j < dimension; j++) {
                mean[j] += values[row + j];
            }
        }
        for (int j = 0; j < dimension; j++) {
            mean[j] /= count;
        }
        double[] centred = new double[values.length];
        for (int row = 0; row < values.length; row += dimension) {
            for (int j = 0; j < dimension; j++) {
                centred[row + j] = values[row + j] - mean[j];
            }
        }
        return new FeatureRows(centred, count, dimension);
    }

    /** @return N */
    public int count() {
        return count;
    }

    /** @return all numbers, row after row; not to be changed */
    double[] values() {
        return values;
    }

    /** @return one response's φ */
    public Vector row(int index) {
        return Vector.of(Arrays.copyOfRange(values, index * dimension, (index + 1) * dimension));
    }

    /** @return all of them, in order */
    public List<Vector> rows() {
        return java.util.stream.IntStream.range(0, count).mapToObj(this::row).toList();
    }
}
