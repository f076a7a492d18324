package dev.assay.cli.fit;

/** What standard errors and intervals are to rest on. */
enum CovarianceOption {
    /** J⁻¹: MODEL (12). */
    MODEL,
    /** H⁻¹: MODEL (6). */
    OBSERVED,
    /** H⁻¹BH⁻¹ over independent judgments: MODEL (13). */
    SANDWICH,
    /** H⁻¹BH⁻¹ over annotators, corrected for few of them: MODEL (13). */
    CLUSTERED,
    /** By the rule of MODEL §6. */
    AUTO;

    /** As words. */
    static final class Words extends HyphenatedWords<CovarianceOption> {
        Words() {
            super(values());
        }
    }
}
