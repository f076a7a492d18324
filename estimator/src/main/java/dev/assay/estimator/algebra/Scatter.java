package dev.assay.estimator.algebra;

import java.util.List;

/** The scatter matrix {@code S = Σ (x−μ)(x−μ)ᵀ} of sparse rows, known only by what it does to a block of vectors. */
final class Scatter {
    private final List<SparseRow> rows;
    private final SparseRow mean;
    private final double squares;
    private final double total;

    private Scatter(List<SparseRow> rows, SparseRow mean, double squares, double total) {
        this.rows = rows;
        this.mean = mean;
        this.squares = squares;
        this.total = total;
    }

    static Scatter of(List<SparseRow> rows, int columns) {
        double[] mean = new double[columns];
        double squares = 0;
        for (SparseRow row : rows) {
            for (int j = 0; j < row.indices().length; j++) {
                mean[row.indices()[j]] += row.values()[j];
            }
            squares += row.squaredLength();
        }
        double squaredMean = 0;
        for (int i = 0; i < columns; i++) {
            mean[i] /= rows.size();
            squaredMean += mean[i] * mean[i];
        }
        return new Scatter(rows, SparseRow.dense(mean), squares, squares - rows.size() * squaredMean);
    }

    /** @return μ */
    double[] mean() {
        return mean.values();
    }

    /** @return the sum of squared distances from 0: the scale of rounding in all that is computed here */
    double squares() {
        return squares;
    }

    /** @return the trace of S: the sum of squared distances from the mean */
    double total() {
        return total;
    }

    /** Image ← S block, as {@code Xᵀ(X V) − n μ(μᵀV)}. */
    void multiply(Block block, Block image) {
        image.clear();
        double[] products = new double[block.width()];
        for (SparseRow row : rows) {
            block.transposeTimes(row, products);
            image.addOuter(1, row, products);
        }
        block.transposeTimes(mean, products);
        image.addOuter(-rows.size(), mean, products);
    }
}
