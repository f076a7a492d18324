package dev.assay.estimator.inference;

/** Where standard errors come from. */
public enum CovarianceKind {
    /** By the rule of MODEL §6, which {@link ChosenCovariance} follows; no covariance is of this kind itself. */
    AUTOMATIC("auto"),
    /** J⁻¹, right if the model is: MODEL (12). */
    MODEL("model"),
    /** H⁻¹, the curvature the judgments really had in place of the expected one: MODEL (6). */
    OBSERVED("observed"),
    /** H⁻¹BH⁻¹ over independent judgments, with no correction for a small sample: MODEL (13). */
    SANDWICH("sandwich"),
    /** H⁻¹BH⁻¹ over independent judgments, with the correction for few of them: MODEL (13). */
    ROBUST("robust"),
    /** H⁻¹BH⁻¹ over annotators, with the correction for few of them: MODEL (13). */
    CLUSTERED("clustered"),
    /** J⁻¹ with the correction for few judgments, for estimates without their bias: MODEL (18a) and §6. */
    BIAS_CORRECTED("bias-corrected");

    private final String label;

    CovarianceKind(String label) {
        this.label = label;
    }

    /** As on the command line and in JSON. */
    public String label() {
        return label;
    }
}
