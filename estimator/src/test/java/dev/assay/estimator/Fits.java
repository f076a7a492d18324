package dev.assay.estimator;

import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;

/** Cold fits with the default settings, as most tests want them. */
public final class Fits {
    private Fits() {}

    public static Fit cold(ComparisonStore... stores) {
        Start first = Start.cold(stores[0].rewardDimension(), stores[0].rationalityDimension());
        return new AlternatingDescent(FitConfig.DEFAULTS)
                .fit(first, List.of(stores).stream().map(StoreShard::new).toList());
    }

    public static Fit cold(List<Comparison> comparisons) {
        return cold(store(comparisons));
    }

    /** Every comparison its own cluster. */
    public static DoubleComparisonStore store(List<Comparison> comparisons) {
        DoubleComparisonStore store = new DoubleComparisonStore(
                comparisons.get(0).difference().size(),
                comparisons.get(0).context().size());
        comparisons.forEach(store::add);
        return store;
    }
}
