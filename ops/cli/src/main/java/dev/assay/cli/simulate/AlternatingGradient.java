package dev.assay.cli.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.ComparisonStore;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.Shard;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.StoreShard;
import dev.assay.estimator.descent.Wanted;
import java.util.List;

/** The paper's Algorithm 1 with fixed steps: MODEL (10). Two passes an iteration, one for each block. */
final class AlternatingGradient {
    private final Shard shard;
    private final double rewardStep;
    private final double rationalityStep;

    /**
     * @param rewardStep      η₁, for the mean gradient in θ
     * @param rationalityStep η₂, for the mean gradient in γ
     */
    AlternatingGradient(ComparisonStore store, double rewardStep, double rationalityStep) {
        shard = new StoreShard(store);
        this.rewardStep = rewardStep;
        this.rationalityStep = rationalityStep;
    }

    /**
     * Where an iteration has got to.
     *
     * @param logLikelihood mean, in nats
     * @param score         mean gradient; size p
     */
    record Iterate(Parameters point, double logLikelihood, Vector score) {
        double largestScore() {
            double largest = 0;
            for (int i = 0; i < score.size(); i++) {
                largest = Math.max(largest, Math.abs(score.get(i)));
            }
            return largest;
        }
    }

    Iterate at(Parameters point) {
        ShardSum sum = statistics(point);
        return new Iterate(
                point, sum.logLikelihood() / sum.weight(), sum.score().times(1 / sum.weight()));
    }

    Iterate next(Iterate from) {
        int d = from.point().reward().size();
        Vector reward = from.point().reward().plus(from.score().slice(0, d).times(rewardStep));
        Parameters halfway = new Parameters(reward, from.point().rationality());
        ShardSum sum = statistics(halfway);
        Vector ascent = sum.score().slice(d, halfway.dimension()).times(rationalityStep / sum.weight());
        return at(new Parameters(reward, halfway.rationality().plus(ascent)));
    }

    private ShardSum statistics(Parameters point) {
        RoundOrder order = RoundOrder.warm("gradient", point);
        return shard.answer(new RoundOrder(order.rerunId(), 0, point, List.of(), Wanted.STATISTICS, order.state()));
    }
}
