package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.sums.Answer;
import java.util.Optional;

/**
 * Coordinates in which z has second moment 1 and ψ′ = ψ − aψ₀ too, and is uncorrelated with ψ₀: MODEL §6.
 *
 * @param regression       a = Σwψ₀ψ / Σwψ₀², size k
 * @param differenceFactor Lz, packed lower Cholesky factor of Σwzzᵀ/Σw, size d(d+1)/2
 * @param contextFactor    Lψ, packed lower Cholesky factor of Σwψ′ψ′ᵀ/Σw, size k(k+1)/2
 * @param offsetMeanSquare Σwψ₀²/Σw
 */
record Standardisation(Vector regression, Vector differenceFactor, Vector contextFactor, double offsetMeanSquare) {
    /** @param moments an answer with moments of full rank, as {@link MomentCheck} has found */
    static Standardisation of(Answer moments, int d, int k) {
        double perWeight = 1 / moments.weight();
        PackedSymmetric difference =
                PackedSymmetric.of(d, moments.moments().difference()).times(perWeight);
        PackedSymmetric context =
                PackedSymmetric.of(k + 1, moments.moments().context()).times(perWeight);
        // The factor of the joint moment holds both: its first column is (√m, a√m), the rest is Lψ.
        Cholesky joint = Cholesky.of(context).orElseThrow();
        PackedSymmetric factor = PackedSymmetric.of(k + 1, joint.packedFactor());
        double[] regression = new double[k];
        for (int i = 0; i < k; i++) {
            regression[i] = factor.get(i + 1, 0) / factor.get(0, 0);
        }
        return new Standardisation(
                Vector.of(regression),
                Cholesky.of(difference).orElseThrow().packedFactor(),
                factor.block(1, k + 1).packedVector(),
                context.get(0, 0));
    }

    /** Coordinates in which both blocks of the information are n times the identity; empty where one is singular. */
    static Optional<Standardisation> ofInformation(Fit fit) {
        int d = fit.parameters().reward().size();
        int p = fit.parameters().dimension();
        PackedSymmetric information = fit.information().times(1 / fit.weight());
        return Cholesky.of(information.block(0, d))
                .flatMap(reward -> Cholesky.of(information.block(d, p))
                        .map(rationality -> new Standardisation(
                                Vector.zeros(p - d), reward.packedFactor(), rationality.packedFactor(), 1)));
    }
}
