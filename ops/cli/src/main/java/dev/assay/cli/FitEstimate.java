package dev.assay.cli;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.Covariance;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Where a fit ended, if that means anything: the parameters and how well the judgments determine them.
 *
 * @param model    J⁻¹: MODEL (12); null where J is singular
 * @param sandwich H⁻¹BH⁻¹ over independent judgments: MODEL (13); null where it does not exist
 */
record FitEstimate(
        Parameters parameters,
        @Nullable Covariance model,
        @Nullable Covariance sandwich) {
    /** Empty where the maximum lies at infinity or is not one point. */
    static Optional<FitEstimate> of(Fit fit) {
        return fit.status() == FitStatus.CONVERGED || fit.status() == FitStatus.NOT_CONVERGED
                ? Optional.of(new FitEstimate(
                        fit.parameters(),
                        Covariance.model(fit).orElse(null),
                        Covariance.sandwich(fit).orElse(null)))
                : Optional.empty();
    }

    /** Standard errors to each side of a two-sided interval; both covariances here use normal ones. */
    static double quantile(double level) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.5 + level / 2);
    }
}
