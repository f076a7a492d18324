package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Scratch;

/**
 * Rows in float64, summed in float64. The loops over rows stand here and in {@link FloatRows}, because Java has no arrays of
 * either kind and a call for every number would cost more than its product.
 */
final class DoubleRows extends Rows {
    private double[] values = new double[0];
    private double[] stacked = new double[0];
    private double[] answers = new double[0];
    private double[] scaled = new double[0];

    DoubleRows(int rewardDimension, int rationalityDimension) {
        super(rewardDimension, rationalityDimension);
    }

    void moveTo(double[] array, int firstValue, int[] clusterNumbers, int firstCluster, int rows) {
        values = array;
        moveTo(firstValue, clusterNumbers, firstCluster, rows);
    }

    @Override
    void fillHeads() {
        double[] x = values;
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
        int others = vectors.length;
        stacked = Scratch.atLeast(stacked, others * columns);
        answers = Scratch.atLeast(answers, count * others);
        for (int i = 0; i < others; i++) {
            System.arraycopy(vectors[i], 0, stacked, i * columns, columns);
        }
        Blas.products(count, columns, others, values, start + from, stride, stacked, answers);
        for (int i = 0; i < others; i++) {
            for (int r = 0; r < count; r++) {
                products[i][r] = answers[r * others + i];
            }
        }
    }

    @Override
    public void addWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        if (columns <= FEW_COLUMNS) {
            addFewWeighted(from, columns, factors, sum, at);
        } else {
            Blas.addTransposed(count, columns, values, start + from, stride, factors, sum, at);
        }
    }

    @Override
    public void addCross(int from, int columns, double[] factors, double[] sum) {
        if (columns == 0) {
            return;
        }
        scaled = Scratch.atLeast(scaled, count * columns);
        for (int r = 0; r < count; r++) {
            scale(values, start + r * stride + from, columns, factors[r], scaled, r * columns);
        }
        Blas.addCross(count, d, columns, values, start + difference(), stride, scaled, sum);
    }

    @Override
    public void addOuter(
            double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum) {
        int size = d + columns;
        scaled = Scratch.atLeast(scaled, count * size);
        for (int r = 0; r < count; r++) {
            int first = start + r * stride;
            scale(values, first + difference(), d, differenceFactors[r], scaled, r * size);
            scale(values, first + from, columns, factors[r], scaled, r * size + d);
        }
        sum.add(scaled, count, sign);
    }

    // Static and over local arrays: only then does the compiler turn it into vector instructions.
    private static void scale(double[] from, int first, int columns, double factor, double[] to, int at) {
        for (int j = 0; j < columns; j++) {
            to[at + j] = factor * from[first + j];
        }
    }

    private void fewProducts(int from, double[][] vectors, double[][] products) {
        double[] x = values;
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
        double[] x = values;
        for (int r = 0; r < count; r++) {
            double factor = factors[r];
            int first = start + r * stride + from;
            for (int j = 0; j < columns; j++) {
                sum[at + j] += factor * x[first + j];
            }
        }
    }
}
