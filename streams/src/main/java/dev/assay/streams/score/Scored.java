package dev.assay.streams.score;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a request is answered with, whoever asked and however: all from one snapshot.
 *
 * @param scoring the way of counting
 * @param features Φ before centring
 * @param candidates with bounds, in the order of the request
 */
public record Scored(Scoring scoring, FeatureRows features, List<Candidate> candidates) {
    /**
     * How far the first is ahead of the next in some order.
     *
     * @param runnerUp index of the next
     * @param difference reward of the first less that of the next, MODEL (17)
     */
    public record Lead(int runnerUp, Interval difference) {}

    /** @return index of the highest reward, MODEL (19) */
    public int best() {
        return BestOfN.select(candidates).chosen();
    }

    /** @return index of the highest lower bound, MODEL (20) */
    public int pessimistic() {
        return PessimisticBestOfN.select(candidates).chosen();
    }

    /** @return of the first in that order over who would be chosen without it; empty of a single candidate */
    public Optional<Lead> lead(Comparator<Candidate> order) {
        int first = candidates.stream().max(order).orElseThrow().index();
        return candidates.stream()
                .filter(candidate -> candidate.index() != first)
                .max(order)
                .map(next -> new Lead(next.index(), scoring.difference(features, first, next.index())));
    }

    /** @return the candidates that are not significantly worse than the best, MODEL (21) */
    public AbstainingSet abstaining(double level) {
        return AbstainingSet.of(features.rows(), scoring.inference(), level, Scoring.DRAWS);
    }
}
