package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import java.util.function.Consumer;

/** One pass over a store at a fixed point, block by block, with rationality and reward difference of each row. */
final class BlockPass {
    private final double[] reward;
    private final double[] rationality;

    BlockPass(Parameters at) {
        reward = at.reward().toArray();
        rationality = at.rationality().toArray();
    }

    void over(ComparisonStore store, Consumer<ComparisonBlock> each) {
        Require.that(
                store.rewardDimension() == reward.length && store.rationalityDimension() == rationality.length,
                "parameters of sizes %s and %s, the store has %s and %s",
                reward.length,
                rationality.length,
                store.rewardDimension(),
                store.rationalityDimension());
        store.forEach(each);
    }

    /** σ = ψ₀ + γᵀψ of a row. */
    double sigma(ComparisonBlock block, int row) {
        double sum = block.offset(row);
        for (int j = 0; j < rationality.length; j++) {
            sum += rationality[j] * block.context(row, j);
        }
        return sum;
    }

    /** θᵀz of a row. */
    double rewardDifference(ComparisonBlock block, int row) {
        double sum = 0;
        for (int i = 0; i < reward.length; i++) {
            sum += reward[i] * block.difference(row, i);
        }
        return sum;
    }
}
