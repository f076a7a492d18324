package dev.assay.lab.simulate;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.BiasCorrection;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where 95 % intervals come from. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are static methods
public enum IntervalMethod {
    MODEL("model, z", Covariance::model),
    OBSERVED("observed, z", Covariance::observed),
    ROBUST("sandwich, t", Covariance::robust),
    BIAS_CORRECTED("bias-corrected, t", Covariance::biasCorrected) {
        @Override
        Optional<Parameters> point(Fit fit, ComparisonStore store) {
            return BiasCorrection.corrected(fit, List.of(store));
        }
    },
    AUTOMATIC("automatic", Covariance::automatic);

    public static final double LEVEL = 0.95;
    /** For few judgments. */
    public static final List<IntervalMethod> SMALL_SAMPLE = List.of(ROBUST, BIAS_CORRECTED);

    private final String text;
    private final Function<Fit, Optional<Covariance>> covariance;

    IntervalMethod(String text, Function<Fit, Optional<Covariance>> covariance) {
        this.text = text;
        this.covariance = covariance;
    }

    public String text() {
        return text;
    }

    /** What intervals are around. */
    Optional<Parameters> point(Fit fit, ComparisonStore store) {
        return Optional.of(fit.parameters());
    }

    /** @param store the judgments of the fit. @return empty where the covariance does not exist */
    public Optional<Inference> of(Fit fit, ComparisonStore store) {
        return point(fit, store)
                .flatMap(parameters -> covariance.apply(fit).map(found -> new Inference(parameters, found, LEVEL)));
    }
}
