package dev.assay.estimator.inference;

/** Where standard errors come from. */
public enum CovarianceKind {
    /** J⁻¹, right if the model is: MODEL (12). */
    MODEL,
    /** H⁻¹, the curvature the judgments really had in place of the expected one: MODEL (6). */
    OBSERVED,
    /** H⁻¹BH⁻¹ over independent judgments, with no correction for a small sample: MODEL (13). */
    SANDWICH,
    /** H⁻¹BH⁻¹ over independent judgments, with the correction for few of them: MODEL (13). */
    ROBUST,
    /** H⁻¹BH⁻¹ over annotators, with the correction for few of them: MODEL (13). */
    CLUSTERED,
    /** J⁻¹ with the correction for few judgments, for estimates without their bias: MODEL (18a) and §6. */
    BIAS_CORRECTED
}
