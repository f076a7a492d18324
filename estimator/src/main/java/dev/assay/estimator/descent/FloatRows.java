package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Blas;

/**
 * Rows in float32 where they lie in the store, nothing copied. Sums over one window are float32, those over windows
 * float64; parameters go in as two floats each, so that no digit of the point is lost. A score is then right to some 1e-7
 * standard errors and an information matrix to some 1e-7 of its diagonal: enough to step by, not to stop by.
 */
final class FloatRows extends Rows {
    private float[] values = new float[0];
    private float[] stacked = new float[0];
    private float[] answers = new float[0];
    private float[] scaled = new float[0];
    private float[] part = new float[0];

    FloatRows(int rewardDimension, int rationalityDimension) {
        super(rewardDimension, rationalityDimension);
    }

    void moveTo(float[] array, int firstValue, int[] clusterNumbers, int firstCluster, int rows) {
        values = array;
        start = firstValue;
        clusters = clusterNumbers;
        clusterStart = firstCluster;
        count = rows;
    }

    @Override
    double value(int row, int column) {
        return values[start + row * stride + column];
    }

    @Override
    void products(int from, double[][] vectors, double[][] products) {
        int columns = vectors[0].length;
        if (columns == 0) {
            return;
        }
        int others = 2 * vectors.length;
        stacked = Scratch.atLeast(stacked, others * columns);
        answers = Scratch.atLeast(answers, count * others);
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < columns; j++) {
                float high = (float) vectors[i][j];
                stacked[2 * i * columns + j] = high;
                stacked[(2 * i + 1) * columns + j] = (float) (vectors[i][j] - high);
            }
        }
        if (vectors.length == 1) {
            products(from, columns, products[0]);
            return;
        }
        Blas.products(count, columns, others, values, start + from, stride, stacked, answers);
        for (int i = 0; i < vectors.length; i++) {
            for (int r = 0; r < count; r++) {
                products[i][r] = (double) answers[r * others + 2 * i] + answers[r * others + 2 * i + 1];
            }
        }
    }

    // One vector: two products of a matrix and a vector are faster than one of matrices.
    private void products(int from, int columns, double[] products) {
        Blas.times(count, columns, values, start + from, stride, stacked, answers);
        for (int r = 0; r < count; r++) {
            products[r] = answers[r];
        }
        System.arraycopy(stacked, columns, stacked, 0, columns);
        Blas.times(count, columns, values, start + from, stride, stacked, answers);
        for (int r = 0; r < count; r++) {
            products[r] += answers[r];
        }
    }

    @Override
    void addWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        if (columns == 0) {
            return;
        }
        scaled = Scratch.atLeast(scaled, count);
        part = Scratch.atLeast(part, columns);
        for (int r = 0; r < count; r++) {
            scaled[r] = (float) factors[r];
        }
        Blas.transposed(count, columns, values, start + from, stride, scaled, part);
        for (int j = 0; j < columns; j++) {
            sum[at + j] += part[j];
        }
    }

    @Override
    void addCross(int from, int columns, double[] factors, double[] sum) {
        if (columns == 0) {
            return;
        }
        scaled = Scratch.atLeast(scaled, count * columns);
        part = Scratch.atLeast(part, d * columns);
        for (int r = 0; r < count; r++) {
            scale(r, from, columns, (float) factors[r], r * columns);
        }
        Blas.cross(count, d, columns, values, start + difference(), stride, scaled, part);
        for (int i = 0; i < d * columns; i++) {
            sum[i] += part[i];
        }
    }

    @Override
    void addOuter(double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum) {
        int size = d + columns;
        scaled = Scratch.atLeast(scaled, count * size);
        for (int r = 0; r < count; r++) {
            scale(r, difference(), d, (float) differenceFactors[r], r * size);
            scale(r, from, columns, (float) factors[r], r * size + d);
        }
        sum.add(scaled, count, sign);
    }

    private void scale(int row, int from, int columns, float factor, int at) {
        int first = start + row * stride + from;
        for (int j = 0; j < columns; j++) {
            scaled[at + j] = factor * values[first + j];
        }
    }
}
