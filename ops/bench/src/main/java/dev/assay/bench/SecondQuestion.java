package dev.assay.bench;

import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Shard;

/** What a method asks after the moments, at a point that is like those of a fit: a pass to be timed. */
public final class SecondQuestion {
    private SecondQuestion() {}

    /**
     * @param d reward dimension of the shard
     * @param k its rationality dimension
     */
    public static Question of(Method method, int d, int k, Shard shard) {
        Descent descent = method.descent(FitConfig.DEFAULTS.withMaxRounds(100));
        Step.Ask first = descent.begin(Start.cold(d, k));
        return ((Step.Ask) descent.advance(first, shard.answer(first.question()))).question();
    }
}
