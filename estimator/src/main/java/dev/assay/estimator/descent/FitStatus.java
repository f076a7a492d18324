package dev.assay.estimator.descent;

/** How a fit ended. Only {@link #CONVERGED} may be published. */
public enum FitStatus {
    /** At the maximum of the likelihood, to the tolerance of {@link FitConfig}. */
    CONVERGED,
    /** There is no maximum: some parameters run to infinity. */
    SEPARATED,
    /** The judgments do not determine all parameters; a diagnostic names the columns. */
    RANK_DEFICIENT,
    /** Out of rounds. */
    NOT_CONVERGED
}
