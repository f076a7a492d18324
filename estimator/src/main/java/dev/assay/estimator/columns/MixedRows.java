package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.OuterSum;

/** The same rows twice: products and weighted sums in float64, sums of squares in float32. */
final class MixedRows extends Rows {
    private final FloatRows floats;
    private final DoubleRows doubles;

    MixedRows(FloatRows floats, DoubleRows doubles) {
        super(floats.d, floats.k);
        this.floats = floats;
        this.doubles = doubles;
    }

    /** To where the two have moved. */
    MixedRows moved() {
        count = doubles.count;
        clusters = doubles.clusters;
        clusterStart = doubles.clusterStart;
        return this;
    }

    @Override
    void fillHeads() {
        doubles.readHeads();
        weight = doubles.weight;
        preference = doubles.preference;
        offset = doubles.offset;
    }

    @Override
    public double value(int row, int column) {
        return doubles.value(row, column);
    }

    @Override
    public void products(int from, double[][] vectors, double[][] products) {
        doubles.products(from, vectors, products);
    }

    @Override
    public void addWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        doubles.addWeighted(from, columns, factors, sum, at);
    }

    @Override
    public void addCross(int from, int columns, double[] factors, double[] sum) {
        floats.addCross(from, columns, factors, sum);
    }

    @Override
    public void addOuter(
            double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum) {
        floats.addOuter(differenceFactors, from, columns, factors, sign, sum);
    }
}
