package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * The way back for a descent that runs off with the wrong sign, γ → ∞ and θ → 0: MODEL §6 (a). There ψ₀ no longer counts,
 * so (−θ, −γ) fits nearly as well, and from it the way leads to the maximum. That it fits as well is asked first: an
 * annotator kind that is never wrong also sends γ to infinity, and turning back would be of no use.
 */
final class OppositeSign {
    private static final int PATIENCE = 25; // rounds before the sign is doubted
    private static final double ESCAPED = 3; // rms(γᵀψ) / rms(ψ₀)

    private OppositeSign() {}

    static Parameters of(Parameters point) {
        return Parameters.of(point.joint().times(-1), point.reward().size());
    }

    /** The trials of a next order, with the opposite of its point as the last where it may soon be needed. */
    static List<Parameters> alsoTried(List<Parameters> trials, Parameters point, int round) {
        if (round + 1 < PATIENCE) {
            return trials;
        }
        List<Parameters> more = new ArrayList<>(trials);
        more.add(of(point));
        return more;
    }

    /** @param restarted whether that was done before: once is enough */
    static boolean isBetterPlaceToStart(Evaluation at, boolean restarted) {
        List<Parameters> trials = at.question().trials();
        int last = trials.size() - 1;
        if (at.round() < PATIENCE || restarted || last < 0 || !trials.get(last).equals(of(at.point()))) {
            return false;
        }
        // Half of what the fit has gained over τ = 0, where ℓ = −n ln 2.
        double halfway = (at.logLikelihood() - Math.log(2) * at.weight()) / 2;
        return at.trial(last) > halfway && escaped(at.point(), at.problem().standardisation());
    }

    private static boolean escaped(Parameters point, Standardisation coordinates) {
        PackedSymmetric factor = PackedSymmetric.of(point.rationality().size(), coordinates.contextFactor());
        double along = point.rationality().dot(coordinates.regression());
        double meanSquare = along * along * coordinates.offsetMeanSquare();
        for (int j = 0; j < factor.size(); j++) {
            double entry = 0;
            for (int i = j; i < factor.size(); i++) {
                entry += factor.get(i, j) * point.rationality().get(i);
            }
            meanSquare += entry * entry;
        }
        return meanSquare > ESCAPED * ESCAPED * coordinates.offsetMeanSquare();
    }
}
