package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Statistics;
import java.util.Optional;

/**
 * Coordinates around one point in which reward and rationality interfere least, from the statistics there alone:
 * {@code m = θ″ᵀz · (σ̂ + γ″ᵀ(ψ − βσ̂))}, at the point θ″ = θ̂ and γ″ = 0. Here β regresses ψ on σ̂, judgments weighted by
 * what they say about the margin, {@code β = Σ w π(1−π)(θ̂ᵀz)² σ̂ψ / Σ w π(1−π)(θ̂ᵀz)² σ̂²}: with v of MODEL (3) the two sums
 * are {@code θ̂ᵀJ_θγ} and {@code θ̂ᵀJ_θθθ̂}.
 *
 * <p>Why: between θ and γ the general scale of the rewards is split by the ψ₀ of 1, which for contexts that are not centred
 * is the rationality of nobody. A step then changes both much, in opposite directions, and their product, which is all
 * that counts, has an error of second order several times what it is here. A {@link Chart} does the same for a descent, by
 * the moments; these coordinates come with the statistics, and like them do not know where the context has its origin.
 */
final class CentredCoordinates {
    private static final double LEAST_SCALE = 1e-3; // nearer to 0, γ goes to infinity

    private final Parameters at;
    private final Statistics statistics;
    private final PackedSymmetric information; // J in (θ, γ)
    private final Vector alongReward; // J(θ̂, 0)
    private final double scale; // θ̂ᵀJ_θθθ̂
    private final Vector beta;
    private final int d;
    private final int k;

    private CentredCoordinates(Parameters at, Statistics statistics) {
        this.at = at;
        this.statistics = statistics;
        d = at.reward().size();
        k = at.rationality().size();
        information = PackedSymmetric.of(d + k, statistics.information());
        alongReward = information.times(at.reward().concat(Vector.zeros(k)));
        scale = alongReward.slice(0, d).dot(at.reward());
        beta = scale > 0 ? alongReward.slice(d, d + k).times(1 / scale) : Vector.zeros(k);
    }

    static CentredCoordinates at(Parameters point, Statistics statistics) {
        return new CentredCoordinates(point, statistics);
    }

    /** g: ∂m/∂γ″ = θ̂ᵀz(ψ − βσ̂), and θ̂ᵀg_θ has the part with σ̂. */
    Vector score() {
        Vector g = statistics.score();
        double along = g.slice(0, d).dot(at.reward());
        return g.slice(0, d).concat(g.slice(d, d + k).minus(beta.times(along)));
    }

    /** J: DᵀJD with D = [I, −θ̂βᵀ; 0, I]. */
    PackedSymmetric information() {
        double[][] rows = information.toRows();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < d; j++) {
                rows[d + i][j] -= beta.get(i) * alongReward.get(j);
            }
            for (int j = 0; j <= i; j++) {
                rows[d + i][d + j] += beta.get(i) * beta.get(j) * scale
                        - beta.get(i) * alongReward.get(d + j)
                        - beta.get(j) * alongReward.get(d + i);
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    /** C: Σ w (y−π) z (ψ − βσ̂)ᵀ. */
    Dense cross() {
        return Dense.of(d, k, statistics.cross())
                .plusOuter(-1, statistics.score().slice(0, d), beta);
    }

    /** τ after a step; empty where γ would be infinite. */
    Optional<Parameters> parameters(Vector step) {
        // σ̂ + γ″ᵀ(ψ − βσ̂) = r(ψ₀ + γ̂ᵀψ) + γ″ᵀψ with r = 1 − γ″ᵀβ; the model wants 1 before ψ₀.
        Vector gamma = step.slice(d, d + k);
        double r = 1 - gamma.dot(beta);
        return Math.abs(r) < LEAST_SCALE
                ? Optional.empty()
                : Optional.of(new Parameters(
                        at.reward().plus(step.slice(0, d)).times(r),
                        at.rationality().plus(gamma.times(1 / r))));
    }
}
