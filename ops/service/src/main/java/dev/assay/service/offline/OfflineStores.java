package dev.assay.service.offline;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.StoredComparison;
import java.util.List;

/** Admitted judgments for a fit in this process: pairs in float64, rankings in the float32 their features have. */
public final class OfflineStores {
    private final DoubleComparisonStore pairs;
    private final RankingStore rankings;
    private final AnnotatorNumbers annotators = new AnnotatorNumbers();

    /**
     * @param d reward dimension
     * @param k rationality dimension; 0 leaves every context out
     */
    public OfflineStores(int d, int k) {
        pairs = new DoubleComparisonStore(d, k);
        rankings = new RankingStore(d, k);
    }

    public void add(ComparisonKey key, StoredComparison comparison) {
        if (comparison.isPair()) {
            addPair(key, comparison, comparison.difference(), comparison.preference());
        } else {
            addRanking(key, comparison, comparison.features());
        }
    }

    /** The one feature alone. */
    void addOnly(ComparisonKey key, StoredComparison comparison, int feature) {
        if (comparison.isPair()) {
            float[] difference = {comparison.difference()[feature]};
            addPair(key, comparison, difference, comparison.preference());
        } else {
            float[] features = new float[comparison.responses().size()];
            for (int i = 0; i < features.length; i++) {
                features[i] = comparison.responses().get(i).features()[feature];
            }
            addRanking(key, comparison, features);
        }
    }

    /** Each two of the responses as a judgment of its own, which they are not. */
    public void addSplit(ComparisonKey key, StoredComparison comparison) {
        for (int i = 0; i < comparison.responses().size(); i++) {
            for (int j = 0; j < i; j++) {
                int order = comparison.ranking().get(i) - comparison.ranking().get(j);
                addPair(key, comparison, comparison.difference(j, i), 0.5 + Integer.signum(order) / 2.0);
            }
        }
    }

    private void addPair(ComparisonKey key, StoredComparison comparison, float[] difference, double preference) {
        pairs.add(
                new dev.assay.estimator.choice.Comparison(
                        comparison.context().offset(),
                        Vector.ofFloats(context(comparison)),
                        Vector.ofFloats(difference),
                        preference,
                        comparison.weight()),
                annotators.of(key.getAnnotatorId()));
    }

    private void addRanking(ComparisonKey key, StoredComparison comparison, float[] features) {
        // Keys are told apart already; a number is enough of one.
        rankings.upsert(
                0,
                rankings.size(),
                annotators.of(key.getAnnotatorId()),
                comparison.context().offset(),
                (float) comparison.weight(),
                context(comparison),
                comparison.ranks(),
                features);
    }

    private float[] context(StoredComparison comparison) {
        return pairs.rationalityDimension() == 0
                ? new float[0]
                : comparison.context().features();
    }

    public DoubleComparisonStore pairs() {
        return pairs;
    }

    public RankingStore rankings() {
        return rankings;
    }

    /** By number. */
    public List<String> annotatorIds() {
        return annotators.ids();
    }
}
