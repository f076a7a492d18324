package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.sums.Answer;
import java.util.Optional;

/**
 * What arXiv 2512.03208 asks of the data so that its alternating gradient converges and its rates hold, at the estimate: both
 * blocks curved enough, and little interaction between them. The paper's full text was not at hand: this is our reading of
 * its conditions, with sums over judgments in place of expectations. The conditions are sufficient, far from necessary, and
 * change with the units of the features; the estimate and its intervals do not depend on them.
 *
 * @param leastDifference λ_φ, least eigenvalue of Σ w z zᵀ/n, squared feature units
 * @param leastContext    λ_ψ, least eigenvalue of Σ w ψψᵀ/n
 * @param flatness        c₀, the least number with J_θθ/n ⪰ λ_φ/c₀ and J_γγ/n ⪰ λ_ψ/c₀; +∞ if a block is singular
 * @param interaction     M, spectral norm of H_θγ/n
 */
public record RegularityConditions(double leastDifference, double leastContext, double flatness, double interaction) {
    private static final double MARGIN = 6;

    /**
     * Empty for k = 0, which is one concave problem, and for a fit that the moments already showed to be impossible.
     *
     * @param moments answered with {@code Wanted.MOMENTS}, over the same judgments as the fit
     */
    public static Optional<RegularityConditions> of(Fit fit, Answer moments) {
        int d = fit.parameters().reward().size();
        int p = fit.parameters().dimension();
        double n = moments.weight();
        if (p == d || !(n > 0) || Double.isInfinite(fit.decrement())) {
            return Optional.empty();
        }
        double leastDifference =
                Spectrum.least(PackedSymmetric.of(d, moments.moments().difference())) / n;
        PackedSymmetric contexts =
                PackedSymmetric.of(p - d + 1, moments.moments().context());
        double leastContext = Spectrum.least(contexts.block(1, p - d + 1)) / n;
        PackedSymmetric information = fit.information();
        double flatness = Math.max(
                ratio(leastDifference, Spectrum.least(information.block(0, d)) / fit.weight()),
                ratio(leastContext, Spectrum.least(information.block(d, p)) / fit.weight()));
        double interaction = Spectrum.norm(interaction(information, fit.cross())) / fit.weight();
        return Optional.of(new RegularityConditions(leastDifference, leastContext, flatness, interaction));
    }

    /** min(λ_φ, λ_ψ)/(6c₀), below which the interaction must stay. */
    public double bound() {
        return Math.min(leastDifference, leastContext) / (MARGIN * flatness);
    }

    /** True if the interaction is below its bound. */
    public boolean satisfied() {
        return interaction < bound();
    }

    private static double ratio(double least, double curvature) {
        return curvature > 0 ? least / curvature : Double.POSITIVE_INFINITY;
    }

    /** H_θγ = J_θγ − C, d × k: MODEL (6). */
    private static Dense interaction(PackedSymmetric information, Dense cross) {
        double[] values = cross.values().toArray();
        for (int i = 0; i < cross.rows(); i++) {
            for (int j = 0; j < cross.columns(); j++) {
                values[i * cross.columns() + j] =
                        information.get(i, cross.rows() + j) - values[i * cross.columns() + j];
            }
        }
        return Dense.of(cross.rows(), cross.columns(), Vector.of(values));
    }
}
