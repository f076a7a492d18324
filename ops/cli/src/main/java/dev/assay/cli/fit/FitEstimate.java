package dev.assay.cli.fit;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.ChosenCovariance;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.IndependentMeat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a fit ended, if that means anything: the parameters and how well the judgments determine them.
 *
 * @param model    J⁻¹: MODEL (12); null where J is singular
 * @param observed H⁻¹: MODEL (6); null where H is not positive definite
 * @param sandwich H⁻¹BH⁻¹ over independent judgments: MODEL (13); null where it does not exist
 * @param chosen   what intervals and selections rest on, one of these or clustered; null where it does not exist
 * @param asked    what the user asked for
 * @param reason   why, where that was not for the user to say
 */
record FitEstimate(
        Parameters parameters,
        @Nullable Covariance model,
        @Nullable Covariance observed,
        @Nullable Covariance sandwich,
        @Nullable Covariance chosen,
        CovarianceKind asked,
        @Nullable String reason) {
    /** Empty where the maximum lies at infinity or is not one point. */
    static Optional<FitEstimate> of(Fit fit, FitInput input, CovarianceKind asked) {
        if (fit.status() != FitStatus.CONVERGED && fit.status() != FitStatus.NOT_CONVERGED) {
            return Optional.empty();
        }
        Optional<Covariance> model = Covariance.model(fit);
        Optional<Covariance> observed = Covariance.observed(fit);
        // The fit's own meat is over annotators, where there are any.
        Optional<PackedSymmetric> independent = input.annotators().isEmpty()
                ? Optional.empty()
                : Optional.of(IndependentMeat.of(input.store(), input.rankings(), fit.parameters()));
        Optional<Covariance> sandwich =
                independent.map(meat -> Covariance.sandwich(fit, meat)).orElseGet(() -> Covariance.sandwich(fit));
        Optional<ChosenCovariance> automatic = asked != CovarianceKind.AUTOMATIC
                ? Optional.empty()
                : independent.map(meat -> Covariance.choose(fit, meat)).orElseGet(() -> Covariance.choose(fit));
        Optional<Covariance> chosen = switch (asked) {
            case MODEL -> model;
            case OBSERVED -> observed;
            case SANDWICH -> sandwich;
            case CLUSTERED -> Covariance.clustered(fit);
            case AUTOMATIC -> automatic.map(ChosenCovariance::covariance);
            case ROBUST, BIAS_CORRECTED -> throw new IllegalArgumentException("no option of fit: " + asked);
        };
        return Optional.of(new FitEstimate(
                fit.parameters(),
                model.orElse(null),
                observed.orElse(null),
                sandwich.orElse(null),
                chosen.orElse(null),
                asked,
                automatic.map(ChosenCovariance::reason).orElse(null)));
    }

    /** By the chosen covariance, θ then γ. */
    Optional<Vector> standardErrors() {
        return Optional.ofNullable(chosen).map(Covariance::standardErrors);
    }
}
