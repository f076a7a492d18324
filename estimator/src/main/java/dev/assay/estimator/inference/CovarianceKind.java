package dev.assay.estimator.inference;

/** Where standard errors come from. */
public enum CovarianceKind {
    /** J⁻¹, right if the model is: MODEL (12). */
    MODEL,
    /** H⁻¹BH⁻¹ over independent judgments, with no correction for a small sample: MODEL (13). */
    SANDWICH,
    /** H⁻¹BH⁻¹ over annotators, with the correction for few of them: MODEL (13). */
    CLUSTERED
}
