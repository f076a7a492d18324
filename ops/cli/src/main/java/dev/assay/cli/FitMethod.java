package dev.assay.cli;

import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.FitConfig;

/** The ways to the maximum. */
enum FitMethod {
    ALTERNATING_GRADIENT,
    ALTERNATING,
    NEWTON,
    LBFGS;

    Descent descent(FitConfig config) {
        return new AlternatingDescent(config);
    }

    /** As words. */
    static final class Words extends HyphenatedWords<FitMethod> {
        Words() {
            super(values());
        }
    }
}
