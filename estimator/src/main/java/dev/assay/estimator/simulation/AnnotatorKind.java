package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Require;

/**
 * Annotators who judge alike.
 *
 * @param name        as it is written in the context attribute
 * @param rationality what the kind adds to the rationality 1 of the reference kind
 * @param share       of all annotators, above 0, at most 1
 */
public record AnnotatorKind(String name, double rationality, double share) {
    public AnnotatorKind {
        Require.that(share > 0 && share <= 1, "share of %s must be above 0 and at most 1, was %s", name, share);
    }
}
