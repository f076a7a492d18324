package dev.assay.cli.simulate;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.StoreShard;
import java.util.List;

/** A fit as the service makes it: MODEL (11), one shard. */
final class Fitting {
    private Fitting() {}

    /** From the start the moments give. */
    static Fit cold(ComparisonStore store) {
        return run(RoundOrder.first("study", store.rewardDimension(), store.rationalityDimension()), store);
    }

    static Fit from(Parameters start, ComparisonStore store) {
        return run(RoundOrder.warm("study", start), store);
    }

    private static Fit run(RoundOrder first, ComparisonStore store) {
        return new AlternatingDescent(FitConfig.DEFAULTS).runInProcess(first, List.of(new StoreShard(store)));
    }
}
