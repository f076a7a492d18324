package dev.assay.estimator.columns;

/** How sums over float32 rows are made; rows in float64 are always summed in float64. */
public enum Precision {
    /** Float32 within a window of rows: a score is right to some 1e-7 standard errors, enough to step by. */
    FAST,
    /** ℓ and g in float64, J, C and B as above, right to some 1e-7 of their size: enough to stop by and to publish. */
    SCORE,
    /** Everything in float64: for judgments so ill-conditioned that the last digits of J count. */
    ALL;

    public Precision atLeast(Precision other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
