package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Vector;
import java.util.List;

/**
 * From where rewards are counted. Best-of-N is the same from everywhere. Bounds are not: they are wider the farther φ is
 * from the origin, so pessimistic best-of-N depends on it.
 */
public enum Centring {
    /** From the origin of the feature space, as it was recorded. */
    FEATURE_SPACE("feature-space"),
    /** From the mean of the candidates: a bound is one of how much better than the average candidate. */
    CANDIDATES("candidates");

    private final String label;

    Centring(String label) {
        this.label = label;
    }

    /** As in JSON. */
    public String label() {
        return label;
    }

    /** @param responses features φ, all of size d; at least one if centred on the candidates */
    List<Vector> apply(List<Vector> responses) {
        if (this == FEATURE_SPACE || responses.isEmpty()) {
            return responses;
        }
        Vector mean = Vector.zeros(responses.get(0).size());
        for (Vector response : responses) {
            mean = mean.plus(response.times(1.0 / responses.size()));
        }
        Vector origin = mean;
        return responses.stream().map(response -> response.minus(origin)).toList();
    }
}
