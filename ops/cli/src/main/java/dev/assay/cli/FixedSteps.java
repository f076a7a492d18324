package dev.assay.cli;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.Shard;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.descent.Wanted;
import java.util.List;

/**
 * MODEL (10) to the letter: so many iterations of two gradient steps of fixed length, in the coordinates the judgments
 * came in. Here to be compared with; its steps must be chosen by hand, and the right ones need many iterations.
 *
 * @param rewardStep      η₁, per mean gradient
 * @param rationalityStep η₂
 */
record FixedSteps(double rewardStep, double rationalityStep, int iterations) {
    private static final double LARGEST = 1e9; // of a parameter; beyond, the steps have run away

    /** @param ridge r of MODEL (18c) */
    Fit run(RoundOrder first, Shard shard, FitConfig config, double ridge) {
        // The first round standardises for the others and finds what makes a fit impossible; here only the latter
        // counts.
        Step step = new AlternatingDescent(config).advance(first, shard.answer(first));
        if (step instanceof Step.Done done) {
            return done.fit();
        }
        RoundOrder start = ((Step.Ask) step).order();
        Parameters point = start.point();
        int rounds = 1;
        for (int i = 0; i < 2 * iterations; i++) {
            ShardSum sum = shard.answer(order(start, point, rounds++, Wanted.STATISTICS));
            Parameters next = moved(point, sum, ridge, i % 2 == 0);
            if (next.joint().length() > LARGEST) {
                return ended(point, shard, start, rounds, config, List.of(ranAway(i / 2)));
            }
            point = next;
        }
        return ended(point, shard, start, rounds, config, List.of());
    }

    private Parameters moved(Parameters point, ShardSum sum, double ridge, boolean reward) {
        Vector gradient =
                sum.score().times(1 / sum.weight()).minus(point.joint().times(ridge));
        int d = point.reward().size();
        int p = point.dimension();
        return reward
                ? new Parameters(point.reward().plus(gradient.slice(0, d).times(rewardStep)), point.rationality())
                : new Parameters(
                        point.reward(),
                        point.rationality().plus(gradient.slice(d, p).times(rationalityStep)));
    }

    private static Fit ended(
            Parameters point, Shard shard, RoundOrder start, int rounds, FitConfig config, List<Diagnostic> found) {
        ShardSum sum = shard.answer(order(start, point, rounds, Wanted.STATISTICS_AND_CLUSTERS));
        double decrement = OneStep.of(point, sum).map(OneStep::decrement).orElse(Double.POSITIVE_INFINITY);
        boolean converged = decrement <= point.dimension() * config.tolerance() * config.tolerance();
        FitStatus status = sum.minimumSignedMargin() > 0
                ? FitStatus.SEPARATED
                : converged ? FitStatus.CONVERGED : FitStatus.NOT_CONVERGED;
        return new Fit(status, point, sum, decrement, rounds + 1, found);
    }

    private static RoundOrder order(RoundOrder start, Parameters point, int round, Wanted wanted) {
        return new RoundOrder(start.rerunId(), round, point, List.of(), wanted, start.state());
    }

    private static Diagnostic ranAway(int iteration) {
        return new Diagnostic(
                "steps-too-long",
                iteration,
                "in iteration " + iteration + " the parameters ran away: use shorter steps");
    }
}
