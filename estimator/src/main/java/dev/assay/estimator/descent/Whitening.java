package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;

/**
 * The linear half of standardising: θ̃ = Lzᵀθ, γ̃ = Lψᵀγ, so that θ̃ᵀ(Lz⁻¹z) = θᵀz. Scores and curvatures follow by L⁻¹.
 */
final class Whitening {
    private final Cholesky difference;
    private final Cholesky context;
    private final Cholesky joint;

    Whitening(Standardisation standardisation, int d, int k) {
        difference = Cholesky.ofFactor(d, standardisation.differenceFactor());
        context = Cholesky.ofFactor(k, standardisation.contextFactor());
        double[][] rows = new double[d + k][d + k];
        copy(PackedSymmetric.of(d, standardisation.differenceFactor()), rows, 0);
        copy(PackedSymmetric.of(k, standardisation.contextFactor()), rows, d);
        joint = Cholesky.ofFactor(d + k, PackedSymmetric.ofRows(rows).packedVector());
    }

    private static void copy(PackedSymmetric lower, double[][] rows, int from) {
        for (int i = 0; i < lower.size(); i++) {
            for (int j = 0; j <= i; j++) {
                rows[from + i][from + j] = lower.get(i, j);
            }
        }
    }

    /** u = Lψ⁻¹a. */
    Vector regression(Vector regression) {
        return context.half(regression);
    }

    /** τ̃ of τ. */
    Vector parameters(Parameters original) {
        return joint.timesTransposed(original.joint());
    }

    /** τ of τ̃. */
    Parameters original(Vector whitened) {
        return Parameters.of(joint.halfTransposed(whitened), difference.size());
    }

    Vector score(Vector score) {
        return joint.half(score);
    }

    PackedSymmetric information(PackedSymmetric information) {
        return joint.whiten(information);
    }

    Dense cross(Dense cross) {
        return cross.whiten(difference, context);
    }
}
