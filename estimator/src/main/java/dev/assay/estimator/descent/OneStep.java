package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.Optional;

/**
 * The estimate after one full Newton step on all judgments, without a pass over the old ones: MODEL (8).
 *
 * @param parameters τ₁ = τ̂ + H⁻¹g
 * @param decrement  λ² = gᵀH⁻¹g, the squared distance of τ₁ from τ̂ in standard errors: MODEL (9)
 * @param drift      estimated distance of τ₁ from the exact maximum, in standard errors: 4λ²/√(np), MODEL §2
 */
public record OneStep(Parameters parameters, double decrement, double drift) {
    private static final double CALIBRATION = 4;

    /**
     * From statistics at a point; J stands in for H where that is not positive definite, and the result is empty where J
     * is not either.
     *
     * @param at         τ̂
     * @param statistics sums at exactly that point
     */
    public static Optional<OneStep> of(Parameters at, ShardSum statistics) {
        int d = at.reward().size();
        int p = at.dimension();
        PackedSymmetric information = PackedSymmetric.of(p, statistics.information());
        Dense cross = Dense.of(d, p - d, statistics.cross());
        return Cholesky.of(ObservedInformation.of(information, cross))
                .or(() -> Cholesky.of(information))
                .map(factor -> {
                    Vector step = factor.solve(statistics.score());
                    double decrement = Math.max(0, step.dot(statistics.score()));
                    Parameters next = Parameters.of(at.joint().plus(step), d);
                    return new OneStep(next, decrement, drift(decrement, statistics.weight(), p));
                });
    }

    /** @param weight n = Σw */
    static double drift(double decrement, double weight, int dimension) {
        return CALIBRATION * decrement / Math.sqrt(weight * dimension);
    }
}
