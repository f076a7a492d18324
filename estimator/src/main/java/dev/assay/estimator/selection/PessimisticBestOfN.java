package dev.assay.estimator.selection;

import java.util.Comparator;
import java.util.List;

/**
 * The candidate with the highest lower confidence bound: MODEL (20). Ties go to the higher mean, then the lower index.
 * Unlike best-of-N it depends on the origin of the features, as a bound is wider the farther φ is from it.
 */
public final class PessimisticBestOfN {
    private static final Comparator<Candidate> HIGHER_BOUND = Comparator.comparingDouble(
            (Candidate candidate) -> candidate.reward().lower());

    /** The better candidate is the greater. */
    public static final Comparator<Candidate> ORDER =
            HIGHER_BOUND.thenComparing(BestOfN.HIGHER_MEAN).thenComparing(BestOfN.LOWER_INDEX);

    private PessimisticBestOfN() {}

    /** @throws IllegalArgumentException without a candidate */
    public static Selection select(List<Candidate> candidates) {
        return BestOfN.select(candidates, ORDER);
    }
}
