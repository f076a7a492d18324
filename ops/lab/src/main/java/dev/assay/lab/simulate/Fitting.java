package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.LbfgsDescent;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.sums.StoreShard;
import java.util.List;
import java.util.Optional;

/** A fit as the service makes it: MODEL (11), one shard. */
public final class Fitting {
    private Fitting() {}

    /** From the start the moments give. */
    public static Fit cold(ComparisonStore store) {
        return fit(
                new AlternatingDescent(FitConfig.DEFAULTS),
                Start.cold(store.rewardDimension(), store.rationalityDimension()),
                store);
    }

    public static Fit from(Parameters start, ComparisonStore store) {
        return fit(new AlternatingDescent(FitConfig.DEFAULTS), Start.warm(start), store);
    }

    /** From an earlier fit of nearly the same judgments. */
    static Fit resumed(Fit before, ComparisonStore store) {
        return fit(new LbfgsDescent(FitConfig.DEFAULTS), Start.resumed(before), store);
    }

    /** Plain Bradley–Terry: every annotator alike, k = 0. */
    public static Fit bradleyTerry(ComparisonStore store) {
        return cold(withoutContext(store));
    }

    /**
     * Both models of the same judgments.
     *
     * @param inference of the one with rationality, by the default covariance
     * @param alike the reward with every annotator alike
     */
    record Both(Inference inference, Vector alike) {
        /** @return empty where a fit has not converged or the covariance does not exist */
        static Optional<Both> of(ComparisonStore store) {
            Fit fit = cold(store);
            Fit alike = bradleyTerry(store);
            return !fit.converged() || !alike.converged()
                    ? Optional.empty()
                    : IntervalMethod.AUTOMATIC
                            .of(fit, store)
                            .map(inference ->
                                    new Both(inference, alike.parameters().reward()));
        }
    }

    private static Fit fit(Descent descent, Start start, ComparisonStore store) {
        return descent.fit(start, List.of(new StoreShard(store)));
    }

    /** The same judgments with every annotator alike. */
    private static DoubleComparisonStore withoutContext(ComparisonStore store) {
        DoubleComparisonStore reduced = new DoubleComparisonStore(store.rewardDimension(), 0);
        for (UpdateStream.Row row : UpdateStream.rows(store)) {
            Comparison judged = row.comparison();
            reduced.add(new Comparison(1, Vector.zeros(0), judged.difference(), judged.preference(), judged.weight()));
        }
        return reduced;
    }
}
