package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.FixedStepDescent;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;

/**
 * The paper's Algorithm 1 with fixed steps, MODEL (10), watched iteration by iteration: {@link FixedStepDescent} decides,
 * and whoever watches may stop, as a descent with too long steps has to be stopped.
 */
public final class AlternatingGradient {
    private final Descent descent;
    private final Shard shard;
    private final int iterations;
    private Step.Ask asked;
    private Answer answer;
    private int iteration;

    /**
     * @param rewardStep      η₁, for the mean gradient in θ
     * @param rationalityStep η₂, for the mean gradient in γ
     * @param iterations      that may be made, each of two passes
     */
    public AlternatingGradient(
            ComparisonStore store, Parameters start, double rewardStep, double rationalityStep, int iterations) {
        descent = new FixedStepDescent(FitConfig.DEFAULTS, rewardStep, rationalityStep, iterations);
        shard = new StoreShard(store);
        this.iterations = iterations;
        asked = descent.begin(Start.warm(start));
        answer = shard.answer(asked.question()); // the moments, which this descent does not use
        pass();
    }

    private void pass() {
        if (!(descent.advance(asked, answer) instanceof Step.Ask ask)) {
            throw new IllegalStateException("the judgments of a study must determine its parameters");
        }
        asked = ask;
        answer = shard.answer(asked.question());
    }

    /** How many were made. */
    public int iteration() {
        return iteration;
    }

    public boolean ended() {
        return iteration == iterations;
    }

    /** Both blocks, θ first. */
    public void next() {
        pass();
        pass();
        iteration++;
    }

    public Parameters point() {
        return asked.question().point();
    }

    /** Mean, in nats. */
    public double logLikelihood() {
        return answer.statistics().logLikelihood() / answer.weight();
    }

    /** Largest entry of the mean gradient. */
    public double largestScore() {
        Vector score = answer.statistics().score();
        double largest = 0;
        for (int i = 0; i < score.size(); i++) {
            largest = Math.max(largest, Math.abs(score.get(i)));
        }
        return largest / answer.weight();
    }
}
