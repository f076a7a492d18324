package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a point where the score vanishes is a maximum, or a place on the way to infinity. Far out both look the same: score
 * and decrement are below every tolerance, and how far out a step led hangs on the last bits of the processor. One standard
 * error away they differ. Along v = Σe/√(eᵀΣe), e the least certain direction, a maximum loses about ½ nat to both
 * sides: (e^t − 1 − t) for t = ±1 where one judgment stands against many, .37 and .72. A parameter that runs to infinity loses
 * nothing outward and much inward; one that nothing determines loses nothing either way.
 */
final class MaximumCheck {
    // Standard errors of whitened parameters are below 1 where judgments tell anything.
    private static final double DOUBTFUL_ERROR = 1;
    private static final double LEAST_LOSS = 0.05; // nats, a tenth of a maximum's
    private static final double LEAST_INFORMATION = 1e-12; // of the mean: what a singular information is filled up with

    private MaximumCheck() {}

    /** @param largestError of a whitened parameter; +∞ where the information is singular */
    static boolean isNeeded(double largestError) {
        return largestError > DOUBTFUL_ERROR;
    }

    /** One standard error to both sides of the point, along the direction that is least certain there. */
    static List<Parameters> trials(Evaluation at) {
        // Linear ones: in a chart infinity lies at finite coordinates, and a straight line goes past it.
        Coordinates coordinates = new LinearCoordinates(at.point(), at.problem().standardisation());
        PackedSymmetric covariance =
                inverse(coordinates.localModel(at.statistics()).information(), at.weight());
        int p = covariance.size();
        int worst = 0;
        for (int i = 1; i < p; i++) {
            worst = covariance.get(i, i) > covariance.get(worst, worst) ? i : worst;
        }
        double[] step = new double[p];
        for (int i = 0; i < p; i++) {
            step[i] = covariance.get(i, worst) / Math.sqrt(covariance.get(worst, worst));
        }
        return List.of(
                LineSearch.candidate(coordinates, Vector.of(step)),
                LineSearch.candidate(coordinates, Vector.of(step).times(-1)));
    }

    private static PackedSymmetric inverse(PackedSymmetric information, double weight) {
        double[] added = new double[information.size()];
        Cholesky factor = Cholesky.of(information).orElse(null);
        for (double share = LEAST_INFORMATION; factor == null; share *= 10) {
            Arrays.fill(added, share * weight);
            factor = Cholesky.of(information.plusDiagonal(Vector.of(added))).orElse(null);
        }
        return factor.inverse();
    }

    /** Whether one side, and one alone, loses nothing. */
    static boolean isUnbounded(Evaluation at) {
        double least = at.logLikelihood() - LEAST_LOSS;
        return at.trial(0) > least != at.trial(1) > least;
    }
}
