package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.List;

/** A shard over a columnar store: one pass a round, whatever is asked. */
public final class StoreShard implements Shard {
    private final ComparisonStore store;

    public StoreShard(ComparisonStore store) {
        this.store = store;
    }

    @Override
    public ShardSum answer(RoundOrder order) {
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        Parameters point = order.point();
        Require.that(
                point.reward().size() == d && point.rationality().size() == k,
                "asked at dimensions %s and %s, the store has %s and %s",
                point.reward().size(),
                point.rationality().size(),
                d,
                k);
        int capacity = ComparisonBlock.ROWS;
        MomentPass moments = new MomentPass(d, k, order.wanted().moments() ? capacity : 0);
        StatisticsPass statistics = new StatisticsPass(
                point,
                order.wanted().statistics() ? capacity : 0,
                order.wanted().clusters());
        List<Margins> trials =
                order.trials().stream().map(at -> new Margins(at, capacity)).toList();
        double[] trialLogLikelihoods = new double[trials.size()];
        ComparisonBlock block = new ComparisonBlock(capacity, d, k);
        long count = 0;
        double weight = 0;
        long cursor = store.read(0, block);
        while (block.rows() > 0) {
            count += block.rows();
            for (int r = 0; r < block.rows(); r++) {
                weight += block.weight[r];
            }
            if (order.wanted().moments()) {
                moments.add(block);
            }
            if (order.wanted().statistics()) {
                statistics.add(block);
            }
            for (int t = 0; t < trialLogLikelihoods.length; t++) {
                trials.get(t).compute(block);
                trialLogLikelihoods[t] += trials.get(t).logLikelihood(block);
            }
            cursor = store.read(cursor, block);
        }
        ShardSum sum = counted(order, count, weight, Vector.of(trialLogLikelihoods));
        sum = order.wanted().moments() ? moments.fill(sum) : sum;
        return order.wanted().statistics() ? statistics.fill(sum) : sum;
    }

    private ShardSum counted(RoundOrder order, long count, double weight, Vector trialLogLikelihoods) {
        ShardSum zero = ShardSum.zero(
                store.rewardDimension(),
                store.rationalityDimension(),
                order.trials().size(),
                order.wanted());
        return new ShardSum(
                count,
                weight,
                0,
                trialLogLikelihoods,
                zero.score(),
                zero.information(),
                zero.cross(),
                0,
                zero.meat(),
                zero.minimumSignedMargin(),
                0,
                zero.differenceMoment(),
                zero.contextMoment(),
                zero.crossMoment());
    }
}
