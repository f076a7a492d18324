package dev.assay.lab.simulate;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import java.util.List;
import java.util.Optional;

/**
 * One stream, batch after batch, followed by several rules beside the exact maximum.
 *
 * @param followers a rule each
 */
record UpdatePlay(List<UpdateFollower> followers) {
    static UpdatePlay of(UpdateStream stream, int batch, List<UpdateRule> rules) {
        DoubleComparisonStore store = new DoubleComparisonStore(stream.d(), stream.k());
        ComparisonBlock arrived = new ComparisonBlock(batch, stream.d(), stream.k());
        List<UpdateFollower> followers = rules.stream().map(UpdateFollower::new).toList();
        Optional<Fit> exact = Optional.empty();
        long cursor = 0;
        for (int from = 0; from + batch <= stream.rows().size(); from += batch) {
            stream.rows().subList(from, from + batch).forEach(row -> store.add(row.comparison(), row.cluster()));
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
        return new UpdatePlay(followers);
    }
}
