package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import java.util.SplittableRandom;

/**
 * Contexts ψ of judgments: by turns uniform on [−1, 1] and 0 or 1 with equal chances.
 *
 * @param dimension   k, at least 1
 * @param offset      ψ₀
 * @param spread      standard deviation of γᵀψ over the judgments that are not adversarial, at least 0
 * @param adversarial share of judgments, marked by the last context feature, whose mean rationality is −0.6; 0 for none
 */
public record ContextDesign(int dimension, double offset, double spread, double adversarial) {
    private static final double ADVERSARIAL_RATIONALITY = -0.6;

    public ContextDesign {
        Require.that(dimension >= 1, "context dimension must be at least 1, was %s", dimension);
        Require.that(spread >= 0, "spread must not be negative, was %s", spread);
        Require.that(adversarial >= 0 && adversarial < 1, "adversarial share must be in [0, 1), was %s", adversarial);
    }

    /** γ with entries uniform before they are scaled to the spread; size k. */
    Vector rationality(SplittableRandom random) {
        double[] values = new double[dimension];
        double variance = 0;
        double mean = 0;
        int ordinary = adversarial > 0 ? dimension - 1 : dimension;
        for (int j = 0; j < ordinary; j++) {
            values[j] = 2 * random.nextDouble() - 1;
            variance += values[j] * values[j] * (binary(j) ? 1 / 4.0 : 1 / 3.0);
        }
        double scale = variance == 0 ? 0 : spread / Math.sqrt(variance);
        for (int j = 0; j < ordinary; j++) {
            values[j] *= scale;
            mean += binary(j) ? values[j] / 2 : 0;
        }
        if (adversarial > 0) {
            values[dimension - 1] = ADVERSARIAL_RATIONALITY - offset - mean;
        }
        return Vector.of(values);
    }

    /** ψ; size k. */
    Vector context(SplittableRandom random) {
        double[] values = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            values[j] = binary(j) ? random.nextInt(2) : 2 * random.nextDouble() - 1;
        }
        if (adversarial > 0) {
            values[dimension - 1] = random.nextDouble() < adversarial ? 1 : 0;
        }
        return Vector.of(values);
    }

    private static boolean binary(int index) {
        return index % 2 == 1;
    }
}
