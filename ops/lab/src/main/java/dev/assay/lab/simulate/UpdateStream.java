package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judgments in the order in which they arrive.
 *
 * @param name for people
 * @param rows at least one
 */
public record UpdateStream(String name, List<Row> rows) {
    public UpdateStream {
        rows = List.copyOf(rows);
    }

    /** A judgment and the number of its annotator, or {@link ComparisonBlock#OWN_CLUSTER}. */
    record Row(Comparison comparison, int cluster) {}

    /** In the order of the store. */
    public static UpdateStream of(String name, ComparisonStore store) {
        return new UpdateStream(name, rows(store));
    }

    /** In its order. */
    static List<Row> rows(ComparisonStore store) {
        List<Row> rows = new ArrayList<>();
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        ComparisonBlock block = new ComparisonBlock(ComparisonBlock.ROWS, d, k);
        long cursor = store.read(0, block);
        while (block.rows() > 0) {
            for (int r = 0; r < block.rows(); r++) {
                rows.add(row(block, r, d, k));
            }
            cursor = store.read(cursor, block);
        }
        return rows;
    }

    /**
     * Plays it, batch after batch, beside the exact maximum.
     *
     * @return a follower for each rule
     */
    List<UpdateFollower> followed(int batch, List<UpdateRule> rules) {
        DoubleComparisonStore store = new DoubleComparisonStore(d(), k());
        ComparisonBlock arrived = new ComparisonBlock(batch, d(), k());
        List<UpdateFollower> followers = rules.stream().map(UpdateFollower::new).toList();
        Optional<Fit> exact = Optional.empty();
        long cursor = 0;
        for (int from = 0; from + batch <= rows.size(); from += batch) {
            rows.subList(from, from + batch).forEach(row -> store.add(row.comparison(), row.cluster()));
            cursor = store.read(cursor, arrived);
            exact = exact.map(before -> Fitting.resumed(before, store))
                    .filter(Fit::converged)
                    .or(() -> Optional.of(Fitting.cold(store)).filter(Fit::converged));
            Optional<Covariance> covariance = exact.flatMap(Covariance::model);
            if (exact.isEmpty() || covariance.isEmpty()) {
                continue; // no exact maximum, as at the very beginning
            }
            for (UpdateFollower follower : followers) {
                follower.follow(store, arrived, exact.get(), covariance.get().standardErrors());
            }
        }
        return followers;
    }

    /** The same judgments, by a context attribute from its least value to its largest. */
    UpdateStream sortedBy(int attribute, String sortedName) {
        return new UpdateStream(
                sortedName,
                rows.stream()
                        .sorted(Comparator.comparingDouble(
                                row -> row.comparison().context().get(attribute)))
                        .toList());
    }

    int d() {
        return rows.get(0).comparison().difference().size();
    }

    int k() {
        return rows.get(0).comparison().context().size();
    }

    int p() {
        return d() + k();
    }

    private static Row row(ComparisonBlock block, int r, int d, int k) {
        double[] difference = new double[d];
        for (int i = 0; i < d; i++) {
            difference[i] = block.difference(r, i);
        }
        double[] context = new double[k];
        for (int i = 0; i < k; i++) {
            context[i] = block.context(r, i);
        }
        return new Row(
                new Comparison(
                        block.offset(r),
                        Vector.of(context),
                        Vector.of(difference),
                        block.preference(r),
                        block.weight(r)),
                block.cluster(r));
    }
}
