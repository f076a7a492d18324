package dev.assay.cli.fit;

import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;

/**
 * What a fit works on, wherever it was read.
 *
 * @param store      the pairs
 * @param rankings   the judgments of more than two responses
 * @param annotators ids by cluster number of both; empty if no judgment says who made it
 * @param remarks    what was not taken as it came
 */
public record FitInput(
        DoubleComparisonStore store,
        RankingStore rankings,
        ColumnNames names,
        List<String> annotators,
        List<Diagnostic> remarks) {
    /** What a remark is called that tells of judgments that are not in it. */
    static final String REFUSED = "refused";

    /** Whether all that was there is in it. */
    boolean refusedNothing() {
        return remarks.stream().noneMatch(found -> found.name().equals(REFUSED));
    }

    /** Both, for passes. */
    StoreShard shard(int threads) {
        return new StoreShard(store, rankings, threads);
    }

    /** d. */
    int rewardDimension() {
        return store.rewardDimension();
    }

    /** k. */
    int rationalityDimension() {
        return store.rationalityDimension();
    }
}
