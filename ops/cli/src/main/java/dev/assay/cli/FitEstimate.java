package dev.assay.cli;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.ChosenCovariance;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import java.util.Locale;
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
        CovarianceOption asked,
        @Nullable String reason) {
    private static final double MODEL_SUFFICES = 80; // judgments a parameter, as in the rule of MODEL §6
    private static final double NOTHING_SUFFICES = 10;

    /** Empty where the maximum lies at infinity or is not one point. */
    static Optional<FitEstimate> of(Fit fit, FitInput input, CovarianceOption asked) {
        if (fit.status() != FitStatus.CONVERGED && fit.status() != FitStatus.NOT_CONVERGED) {
            return Optional.empty();
        }
        Optional<Covariance> model = Covariance.model(fit);
        Optional<Covariance> observed = Covariance.observed(fit);
        Optional<Covariance> sandwich = sandwich(fit, input);
        Optional<ChosenCovariance> automatic =
                asked == CovarianceOption.AUTO ? automatic(fit, input) : Optional.empty();
        Optional<Covariance> chosen = switch (asked) {
            case MODEL -> model;
            case OBSERVED -> observed;
            case SANDWICH -> sandwich;
            case CLUSTERED -> Covariance.clustered(fit);
            case AUTO -> automatic.map(ChosenCovariance::covariance);
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

    /** By the rule of MODEL §6, but robust where annotators are too few and so are judgments: else who knows them errs more. */
    private static Optional<ChosenCovariance> automatic(Fit fit, FitInput input) {
        Optional<ChosenCovariance> ruled = Covariance.choose(fit);
        double weight = fit.weight();
        int p = fit.parameters().dimension();
        boolean few = ruled.filter(found -> found.covariance().kind() == CovarianceKind.MODEL)
                .isPresent();
        if (!few || input.annotators().isEmpty() || weight >= MODEL_SUFFICES * p) {
            return ruled;
        }
        String reason = String.format(
                Locale.ROOT,
                "%.0f annotators are too few for %d parameters to let their judgments depend on each other, so these are"
                        + " taken as independent; at %.1f a parameter, fewer than %.0f, the model's intervals are too"
                        + " narrow%s",
                fit.clusters(),
                p,
                weight / p,
                MODEL_SUFFICES,
                weight < NOTHING_SUFFICES * p
                        ? "; with fewer than 10 judgments a parameter all intervals are too narrow"
                        : "");
        return Covariance.robust(
                        fit.information(),
                        fit.cross(),
                        IndependentMeat.of(input.store(), fit.parameters()),
                        weight,
                        weight)
                .map(robust -> new ChosenCovariance(robust, reason, weight >= NOTHING_SUFFICES * p))
                .or(() -> ruled);
    }

    private static Optional<Covariance> sandwich(Fit fit, FitInput input) {
        return input.annotators().isEmpty()
                ? Covariance.sandwich(fit)
                : Covariance.sandwich(
                        fit.information(), fit.cross(), IndependentMeat.of(input.store(), fit.parameters()));
    }

    /** By the chosen covariance, θ then γ. */
    Optional<Vector> standardErrors() {
        return Optional.ofNullable(chosen).map(Covariance::standardErrors);
    }
}
