package dev.assay.streams.admit;

import java.util.stream.IntStream;

/**
 * A vector that is mostly zero.
 *
 * @param indices where it is not zero, ascending
 * @param values what is there; as many as indices
 */
@SuppressWarnings("ArrayRecordComponent") // Held by the thousand while fitting, never compared.
record SparseRow(int[] indices, double[] values) {
    static SparseRow dense(double[] values) {
        return new SparseRow(IntStream.range(0, values.length).toArray(), values);
    }

    double squaredLength() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
