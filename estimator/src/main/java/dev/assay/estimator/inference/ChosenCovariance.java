package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import java.util.Locale;
import java.util.Optional;

/**
 * A covariance chosen by the rule of MODEL §6, with the reason.
 *
 * @param reason  a sentence for people, with the numbers that decided
 * @param trusted false where there are fewer than 10 judgments a parameter: no interval is then as wide as it should be
 */
public record ChosenCovariance(Covariance covariance, String reason, boolean trusted) {
    private static final double LEAST_ANNOTATORS = 50;
    private static final double LEAST_ANNOTATORS_PER_PARAMETER = 2;
    private static final double MODEL_SUFFICES = 80; // judgments a parameter
    private static final double NOTHING_SUFFICES = 10;

    /**
     * The rule of MODEL §6, with its reason. Clustered if there are annotators enough for it, G ≥ max(50, 2p). Else of
     * the model from 80 judgments a parameter on, or where B is over annotators, who are too few. Else robust. Empty
     * where J is singular.
     *
     * @param information J, size p
     * @param cross       C, d × k
     * @param meat        B, size p
     * @param weight      n = Σw
     * @param clusters    G, judgments without an annotator included
     */
    static Optional<ChosenCovariance> of(
            PackedSymmetric information, Dense cross, PackedSymmetric meat, double weight, double clusters) {
        int p = information.size();
        Optional<ChosenCovariance> robust = Optional.empty();
        if (!Covariance.independent(weight, clusters)) {
            if (clusters >= enoughAnnotators(p)) {
                robust = Covariance.clustered(information, cross, meat, weight, clusters)
                        .map(covariance -> chosen(
                                covariance,
                                weight,
                                "%.0f annotators are enough for %d parameters to let the judgments of each depend on"
                                        + " each other",
                                clusters,
                                p));
            }
        } else if (weight < MODEL_SUFFICES * p) {
            robust = Covariance.robust(information, cross, meat, weight, clusters)
                    .map(covariance -> chosen(
                            covariance,
                            weight,
                            "%.1f judgments a parameter, fewer than %.0f: there the model's intervals are too narrow",
                            weight / p,
                            MODEL_SUFFICES));
        }
        return robust.or(() -> ofModel(information, weight, clusters));
    }

    /** Where annotators and judgments are both few, robust over judgments: else who knows the annotators would err more. */
    static Optional<ChosenCovariance> of(
            PackedSymmetric information,
            Dense cross,
            PackedSymmetric meat,
            PackedSymmetric independentMeat,
            double weight,
            double clusters) {
        int p = information.size();
        Optional<ChosenCovariance> ruled = of(information, cross, meat, weight, clusters);
        boolean few = ruled.filter(found -> found.covariance().kind() == CovarianceKind.MODEL)
                .isPresent();
        if (!few || weight >= MODEL_SUFFICES * p) {
            return ruled;
        }
        return Covariance.robust(information, cross, independentMeat, weight, weight)
                .map(covariance -> chosen(
                        covariance,
                        weight,
                        "%.0f annotators are too few for %d parameters to let their judgments depend on each other, so these"
                                + " are taken as independent; at %.1f a parameter, fewer than %.0f, the model's intervals"
                                + " are too narrow",
                        clusters,
                        p,
                        weight / p,
                        MODEL_SUFFICES))
                .or(() -> ruled);
    }

    /** Without a meat there is nothing but the model. */
    static Optional<ChosenCovariance> ofModel(PackedSymmetric information, double weight, double clusters) {
        int p = information.size();
        return Covariance.model(information).map(covariance -> {
            if (clusters > 0 && clusters < enoughAnnotators(p) && !Covariance.independent(weight, clusters)) {
                return chosen(
                        covariance,
                        weight,
                        "%.0f annotators are too few for %d parameters to let their judgments depend on each other",
                        clusters,
                        p);
            }
            return weight >= MODEL_SUFFICES * p
                    ? chosen(covariance, weight, "%.0f judgments a parameter suffice for the model's", weight / p)
                    : chosen(
                            covariance,
                            weight,
                            "no other covariance exists, at %.1f judgments a parameter",
                            weight / p);
        });
    }

    /** The same among all parameters, of which those set aside are not estimable. */
    ChosenCovariance extended(Aliasing aliasing, PackedSymmetric information) {
        return new ChosenCovariance(covariance.extended(aliasing, information), reason, trusted);
    }

    private static double enoughAnnotators(int p) {
        return Math.max(LEAST_ANNOTATORS, LEAST_ANNOTATORS_PER_PARAMETER * p);
    }

    private static ChosenCovariance chosen(Covariance covariance, double weight, String format, Object... numbers) {
        boolean trusted = weight >= NOTHING_SUFFICES * covariance.matrix().size();
        String reason = String.format(Locale.ROOT, format, numbers);
        return new ChosenCovariance(
                covariance,
                trusted ? reason : reason + "; with fewer than 10 judgments a parameter all intervals are too narrow",
                trusted);
    }
}
