package dev.assay.estimator.descent;

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
        weight = doubles.weight;
        preference = doubles.preference;
        offset = doubles.offset;
        return this;
    }

    @Override
    double value(int row, int column) {
        return doubles.value(row, column);
    }

    @Override
    void products(int from, double[][] vectors, double[][] products) {
        doubles.products(from, vectors, products);
    }

    @Override
    void addWeighted(int from, int columns, double[] factors, double[] sum, int at) {
        doubles.addWeighted(from, columns, factors, sum, at);
    }

    @Override
    void addCross(int from, int columns, double[] factors, double[] sum) {
        floats.addCross(from, columns, factors, sum);
    }

    @Override
    void addOuter(double[] differenceFactors, int from, int columns, double[] factors, double sign, OuterSum sum) {
        floats.addOuter(differenceFactors, from, columns, factors, sign, sum);
    }
}
