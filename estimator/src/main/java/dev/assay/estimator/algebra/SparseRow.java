package dev.assay.estimator.algebra;

import java.util.stream.IntStream;

/**
 * A vector that is mostly zero.
 *
 * @param indices where it is not zero, ascending
 * @param values what is there; as many as indices
 */
@SuppressWarnings("ArrayRecordComponent") // Held by the thousand while fitting, never compared.
public record SparseRow(int[] indices, double[] values) {
    public static SparseRow dense(double[] values) {
        return new SparseRow(IntStream.range(0, values.length).toArray(), values);
    }

    public double squaredLength() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    /**
     * @param matrix with {@code columns} columns, row by row; as many rows as this vector has entries
     * @return this vector times the matrix; size columns
     */
    public double[] times(float[] matrix, int columns) {
        double[] product = new double[columns];
        for (int j = 0; j < indices.length; j++) {
            int at = indices[j] * columns;
            double value = values[j];
            for (int c = 0; c < columns; c++) {
                product[c] += value * matrix[at + c];
            }
        }
        return product;
    }
}
