package dev.assay.lab.simulate;

import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.BiasCorrection;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import java.util.List;
import java.util.Optional;

/** Where 95 % intervals come from. */
public enum IntervalMethod {
    MODEL("model, z") {
        @Override
        public Optional<Inference> of(Fit fit, ComparisonStore store) {
            return Covariance.model(fit).map(covariance -> new Inference(fit.parameters(), covariance, LEVEL));
        }
    },
    OBSERVED("observed, z") {
        @Override
        public Optional<Inference> of(Fit fit, ComparisonStore store) {
            return Covariance.observed(fit).map(covariance -> new Inference(fit.parameters(), covariance, LEVEL));
        }
    },
    ROBUST("sandwich, t") {
        @Override
        public Optional<Inference> of(Fit fit, ComparisonStore store) {
            return Covariance.robust(fit).map(covariance -> new Inference(fit.parameters(), covariance, LEVEL));
        }
    },
    BIAS_CORRECTED("bias-corrected, t") {
        @Override
        public Optional<Inference> of(Fit fit, ComparisonStore store) {
            return BiasCorrection.corrected(fit, List.of(store))
                    .flatMap(parameters -> Covariance.biasCorrected(fit)
                            .map(covariance -> new Inference(parameters, covariance, LEVEL)));
        }
    },
    AUTOMATIC("automatic") {
        @Override
        public Optional<Inference> of(Fit fit, ComparisonStore store) {
            return Covariance.automatic(fit).map(covariance -> new Inference(fit.parameters(), covariance, LEVEL));
        }
    };

    public static final double LEVEL = 0.95;
    /** For few judgments. */
    public static final List<IntervalMethod> SMALL_SAMPLE = List.of(ROBUST, BIAS_CORRECTED);

    private final String text;

    IntervalMethod(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** @param store the judgments of the fit. @return empty where the covariance does not exist */
    public abstract Optional<Inference> of(Fit fit, ComparisonStore store);
}
