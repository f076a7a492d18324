package dev.assay.estimator.inference;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all annotators' judgments sum to at one estimate; shards add theirs. 64 bytes of numbers an annotator.
 *
 * @param annotators by number, at least 0; judgments without an annotator are not in it
 */
public record AnnotatorTally(SortedMap<Integer, AnnotatorSums> annotators) {
    public AnnotatorTally {
        annotators = Collections.unmodifiableSortedMap(new TreeMap<>(annotators));
    }

    /** One pass over a store, O(d + k) a judgment. */
    public static AnnotatorTally of(Parameters at, ComparisonStore store) {
        return RunningTally.over(at, store).tally();
    }

    /** The same over both stores, which number annotators alike. */
    public static AnnotatorTally of(Parameters at, ComparisonStore store, RankingStore rankings) {
        return RunningTally.over(at, store, rankings).tally();
    }

    /** @param other at the same estimate, with the same numbers for the same annotators */
    public AnnotatorTally plus(AnnotatorTally other) {
        SortedMap<Integer, AnnotatorSums> sum = new TreeMap<>(annotators);
        other.annotators.forEach((annotator, sums) -> sum.merge(annotator, sums, AnnotatorSums::plus));
        return new AnnotatorTally(sum);
    }
}
