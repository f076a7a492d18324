package dev.assay.estimator.columns;

/**
 * Some rankings of one number of responses, widened to doubles: what {@link ComparisonBlock} is for pairs. Rewards are
 * relative to the first response, as no sum depends on where φ has its origin.
 */
public final class RankingBlock {
    final ComparisonBlock rows;
    private final int responses;
    private final int rewardDimension;
    private final int rationalityDimension;

    RankingBlock(ComparisonBlock rows, int responses, int rewardDimension, int rationalityDimension) {
        this.rows = rows;
        this.responses = responses;
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
    }

    /** Numbers of a ranking that stand where a pair has z: K ranks, then K rows of φ. */
    static int width(int responses, int rewardDimension) {
        return responses * (rewardDimension + 1);
    }

    public int rows() {
        return rows.rows();
    }

    /** K. */
    public int responses() {
        return responses;
    }

    /** ψ₀ of a row. */
    public double offset(int row) {
        return rows.offset(row);
    }

    /** w of a row. */
    public double weight(int row) {
        return rows.weight(row);
    }

    /** Entry of ψ of a row. */
    public double context(int row, int index) {
        return rows.context(row, index);
    }

    /** Number of the row's annotator, or {@link ComparisonBlock#OWN_CLUSTER}. */
    public int cluster(int row) {
        return rows.cluster(row);
    }

    /** Rank of each response of a row. */
    public void ranks(int row, int[] ranks) {
        for (int i = 0; i < responses; i++) {
            ranks[i] = (int) rows.difference(row, i);
        }
    }

    /** φ of each response of a row less that of the first, row-major K × d. */
    public void features(int row, double[] features) {
        int first = row * rows.stride + Rows.CONTEXT + rationalityDimension + responses;
        double[] values = rows.values;
        for (int i = 0; i < responses; i++) {
            for (int j = 0; j < rewardDimension; j++) {
                features[i * rewardDimension + j] = values[first + i * rewardDimension + j] - values[first + j];
            }
        }
    }

    /** σ = ψ₀ + γᵀψ of a row. */
    public double rationality(int row, double[] at) {
        double sum = offset(row);
        for (int j = 0; j < at.length; j++) {
            sum += at[j] * context(row, j);
        }
        return sum;
    }
}
