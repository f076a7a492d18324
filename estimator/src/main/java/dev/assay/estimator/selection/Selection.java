package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Require;
import java.util.List;

/**
 * The chosen candidate with all bounds.
 *
 * @param chosen     index of the chosen candidate
 * @param candidates all of them, in the order of the request
 */
public record Selection(int chosen, List<Candidate> candidates) {
    public Selection {
        candidates = List.copyOf(candidates);
        Require.that(
                chosen >= 0 && chosen < candidates.size(),
                "chosen must be one of %s candidates, was %s",
                candidates.size(),
                chosen);
    }
}
