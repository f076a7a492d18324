package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import java.util.List;
import java.util.Optional;

/**
 * Takes the bias of order 1/n out of a maximum-likelihood estimate, which is inflated by about 1 + 2p/n: τ̂ − b with
 * b = −J⁻¹ Σ w [h(½ − π) + π(1−π)ξ] v, MODEL (18a). The sum is over judgments, so shards may each give theirs. Intervals
 * around the result: {@link Covariance#biasCorrected}.
 */
public final class BiasCorrection {
    private final Parameters estimate;
    private final Cholesky factor;
    private final PackedSymmetric inverse;

    private BiasCorrection(Parameters estimate, Cholesky factor) {
        this.estimate = estimate;
        this.factor = factor;
        this.inverse = factor.inverse();
    }

    /** Empty unless the fit converged to a maximum in all parameters: elsewhere the bias has no such formula. */
    public static Optional<BiasCorrection> at(Fit fit) {
        return fit.converged() && fit.aliasing().isNone()
                ? Cholesky.of(fit.information()).map(factor -> new BiasCorrection(fit.parameters(), factor))
                : Optional.empty();
    }

    /**
     * τ̂ − b, in one pass: O(p²) a judgment.
     *
     * @param stores the judgments of the fit, all of them
     * @throws IllegalArgumentException if the fit had others, for one rankings, of which (18a) is not
     */
    public static Optional<Parameters> corrected(Fit fit, List<? extends ComparisonStore> stores) {
        long judgments = stores.stream().mapToLong(ComparisonStore::size).sum();
        Require.that(fit.count() == judgments, "a fit of %s judgments, the stores have %s", fit.count(), judgments);
        return at(fit).map(correction -> {
            Vector sum = Vector.zeros(fit.parameters().dimension());
            for (ComparisonStore store : stores) {
                sum = sum.plus(correction.sum(store));
            }
            return correction.corrected(sum);
        });
    }

    /** Σ w [h(½ − π) + π(1−π)ξ] v over the judgments of one store; size p. */
    public Vector sum(ComparisonStore store) {
        return new BiasPass(estimate, factor, inverse).sum(store);
    }

    /**
     * b, about how much too large the estimate is; size p, in the units of the parameters.
     *
     * @param sum of {@link #sum} over all stores
     */
    public Vector bias(Vector sum) {
        Require.that(sum.size() == factor.size(), "sum of size %s for %s parameters", sum.size(), factor.size());
        return factor.solve(sum).times(-1);
    }

    /** τ̂ − b. */
    public Parameters corrected(Vector sum) {
        return Parameters.of(
                estimate.joint().minus(bias(sum)), estimate.reward().size());
    }
}
