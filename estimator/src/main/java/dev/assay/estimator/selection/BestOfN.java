package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Require;
import java.util.Comparator;
import java.util.List;

/** The candidate with the highest estimated reward: MODEL (19). Ties go to the lower index. */
public final class BestOfN {
    static final Comparator<Candidate> HIGHER_MEAN = Comparator.comparingDouble(
            (Candidate candidate) -> candidate.reward().estimate());
    static final Comparator<Candidate> LOWER_INDEX =
            Comparator.comparingInt(Candidate::index).reversed();

    /** The better candidate is the greater. */
    public static final Comparator<Candidate> ORDER = HIGHER_MEAN.thenComparing(LOWER_INDEX);

    private BestOfN() {}

    /** @throws IllegalArgumentException without a candidate */
    public static Selection select(List<Candidate> candidates) {
        return select(candidates, ORDER);
    }

    static Selection select(List<Candidate> candidates, Comparator<Candidate> better) {
        Require.that(!candidates.isEmpty(), "a selection needs at least one candidate");
        Candidate best = candidates.stream().max(better).orElseThrow();
        return new Selection(best.index(), candidates);
    }
}
