package dev.assay.estimator.choice;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;

/**
 * One judgment in numbers: MODEL §1. Magnitudes end at {@link #LARGEST}, the range of a float, so that sums of
 * products of four of them stay finite in a double.
 *
 * @param offset     known part of the rationality, ψ₀; usually 1
 * @param context    context features ψ; size k, may be 0; no unit
 * @param difference features of the first minus the second response, z; size d; units of the feature space
 * @param preference y: 1 the first, 0 the second, ½ a tie
 * @param weight     w ≥ 0: the row counts as so many identical independent judgments
 */
public record Comparison(double offset, Vector context, Vector difference, double preference, double weight) {
    public static final double LARGEST = 1e38;

    /** @throws IllegalArgumentException if the difference is empty or a number is out of its range */
    public Comparison {
        Require.that(difference.size() > 0, "difference must not be empty");
        Require.that(Math.abs(offset) <= LARGEST, "offset must be between ±%s, was %s", LARGEST, offset);
        Require.that(preference >= 0 && preference <= 1, "preference must be between 0 and 1, was %s", preference);
        Require.that(weight >= 0 && weight <= LARGEST, "weight must be between 0 and %s, was %s", LARGEST, weight);
        requireRange("context", context);
        requireRange("difference", difference);
    }

    /** Rationality σ = ψ₀ + γᵀψ. */
    public double rationality(Parameters at) {
        return offset + context.dot(at.rationality());
    }

    /** Margin m = σ·θᵀz, the log-odds that the first response is preferred, in nats: MODEL (1). */
    public double margin(Parameters at) {
        return rationality(at) * difference.dot(at.reward());
    }

    /** The gradient of the margin, v = (σz, (θᵀz)ψ); size p: MODEL (3). */
    public Vector marginGradient(Parameters at) {
        return difference.times(rationality(at)).concat(context.times(difference.dot(at.reward())));
    }

    /** This judgment's part of the log-likelihood, in nats: MODEL (2). */
    public double logLikelihood(Parameters at) {
        return weight * ChoiceModel.logLikelihood(margin(at), preference);
    }

    private static void requireRange(String name, Vector vector) {
        for (int i = 0; i < vector.size(); i++) {
            Require.that(
                    Math.abs(vector.get(i)) <= LARGEST,
                    "%s[%s] must be between ±%s, was %s",
                    name,
                    i,
                    LARGEST,
                    vector.get(i));
        }
    }
}
