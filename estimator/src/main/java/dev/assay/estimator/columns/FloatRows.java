package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Rows in float32 where they lie in the store, nothing copied. Margins of one point and scores are summed in float64. Products of
 * matrices, for several points and for the information, are float32 sums over one window and float64 over windows; parameters go
 * into them as two floats each, so that no digit of a point is lost. An information matrix is then right to some 1e-7 of its
 * diagonal: enough to step by, not to stop by.
 */
final class FloatRows extends Rows {
    private float[] values = new float[0];
    private float[] halves = new float[0];
    private double @Nullable [][] split; // the vectors whose halves those are
    private float[] answers = new float[0];
    private float[] scaled = new float[0];
    private float[] part = new float[0];

    FloatRows(int rewardDimension, int rationalityDimension) {
        super(rewardDimension, rationalityDimension);
    }

    void moveTo(float[] array, int firstValue, int[] clusterNumbers, int firstCluster, int rows) {
        values = array;
        moveTo(firstValue, clusterNumbers, firstCluster, rows);
    }

    @Override
    void fillHeads() {
        float[] x = values;
        for (int r = 0; r < count; r++) {
            int first = start + r * stride;
            weight[r] = x[first + WEIGHT];
            preference[r] = x[first + PREFERENCE];
            offset[r] = x[first + OFFSET];
        }
    }

    @Override
    public double value(int row, int column) {
        return values[start + row * stride + column];
    }

    @Override
    public void products(int from, double[][] vectors, double[][] products) {
        int columns = vectors[0].length;
        if (columns <= FEW_COLUMNS) {
            fewProducts(from, vectors, products);
            return;
        }
        if (vectors.length == 1) {
            Blas.times(count, columns, values, start + from, stride, vectors[0], products[0]);
            return;
        }
        if (split != vectors) {
            split(vectors, columns);
        }
        int others = 2 * vectors.length;
        answers = Scratch.atLeast(answers, count * others);
        Blas.products(count, columns, others, values, start + from, stride, halves, answers);
        for (int i = 0; i < vectors.length; i++) {
            for (int r = 0; r < count; r++) {
                products[i][r] = (double) answers[r * others + i] + answers[r * others + vectors.length + i];
            }
        }
    }

    /** The high halves of all vectors, then the low ones. */
    private void split(double[][] vectors, int columns) {
        halves = Scratch.atLeast(halves, 2 * vectors.length * columns);
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < columns; j++) {
                float high = (float) vectors[i][j];
                halves[i * columns + j] = high;
                halves[(vectors.length + i) * columns + j] = (float) (vectors[i][j] - high);
            }
        }
        split = vectors;
    }

    @Override
    public void addWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        if (columns <= FEW_COLUMNS) {
            addFewWeighted(from, columns, factors, sum, at);
            return;
        }
        Blas.addTransposed(count, columns, values, start + from, stride, factors, sum, at);
    }

    @Override
    public void addCross(int from, int columns, double[] factors, double[] sum) {
        if (columns == 0) {
            return;
        }
        scaled = Scratch.atLeast(scaled, count * columns);
        part = Scratch.atLeast(part, d * columns);
        for (int r = 0; r < count; r++) {
            scale(values, start + r * stride + from, columns, (float) factors[r], scaled, r * columns);
        }
        Blas.cross(count, d, columns, values, start + difference(), stride, scaled, part);
        for (int i = 0; i < d * columns; i++) {
            sum[i] += part[i];
        }
    }

    @Override
    public void addOuter(
            double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum) {
        int size = d + columns;
        scaled = Scratch.atLeast(scaled, count * size);
        for (int r = 0; r < count; r++) {
            int first = start + r * stride;
            scale(values, first + difference(), d, (float) differenceFactors[r], scaled, r * size);
            scale(values, first + from, columns, (float) factors[r], scaled, r * size + d);
        }
        sum.add(scaled, count, sign);
    }

    // Static and over local arrays: only then does the compiler turn it into vector instructions.
    private static void scale(float[] from, int first, int columns, float factor, float[] to, int at) {
        for (int j = 0; j < columns; j++) {
            to[at + j] = factor * from[first + j];
        }
    }

    private void fewProducts(int from, double[][] vectors, double[][] products) {
        float[] x = values;
        for (int i = 0; i < vectors.length; i++) {
            double[] vector = vectors[i];
            double[] result = products[i];
            for (int r = 0; r < count; r++) {
                int first = start + r * stride + from;
                double sum = 0;
                for (int j = 0; j < vector.length; j++) {
                    sum += vector[j] * x[first + j];
                }
                result[r] = sum;
            }
        }
    }

    private void addFewWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        float[] x = values;
        for (int r = 0; r < count; r++) {
            double factor = factors[r];
            int first = start + r * stride + from;
            for (int j = 0; j < columns; j++) {
                sum[at + j] += factor * x[first + j];
            }
        }
    }
}
