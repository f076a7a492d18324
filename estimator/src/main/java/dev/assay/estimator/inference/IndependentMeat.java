package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import java.util.Arrays;

/**
 * B of MODEL (13) as if every judgment were made by somebody else, Σ w (y − π)² v vᵀ (of a ranking the square of its whole score), in a pass of its own: a fit of
 * judgments with annotators brings home only the sums over annotators.
 */
public final class IndependentMeat {
    private final BlockPass pass;
    private final double[] reward;
    private final double[] rationality;
    private final double[] gradient; // v of a row
    private final PlackettLuce model = new PlackettLuce();
    private final double[][] sums; // the lower triangle

    private IndependentMeat(Parameters at) {
        pass = new BlockPass(at);
        reward = at.reward().toArray();
        rationality = at.rationality().toArray();
        gradient = new double[at.dimension()];
        sums = new double[at.dimension()][at.dimension()];
    }

    public static PackedSymmetric of(ComparisonStore store, RankingStore rankings, Parameters at) {
        IndependentMeat meat = new IndependentMeat(at);
        meat.pass.over(store, block -> {
            for (int row = 0; row < block.rows(); row++) {
                meat.add(block, row);
            }
        });
        rankings.forEach(ranked -> {
            for (int row = 0; row < ranked.rows(); row++) {
                meat.add(ranked, row);
            }
        });
        return meat.symmetric();
    }

    private void add(ComparisonBlock block, int row) {
        double difference = pass.rewardDifference(block, row);
        double sigma = pass.sigma(block, row);
        for (int j = 0; j < rationality.length; j++) {
            gradient[reward.length + j] = difference * block.context(row, j);
        }
        for (int i = 0; i < reward.length; i++) {
            gradient[i] = sigma * block.difference(row, i);
        }
        double residual = ChoiceModel.residual(sigma * difference, block.preference(row));
        addSquare(block.weight(row) * residual * residual);
    }

    /** All stages of one ranking are one judgment. */
    private void add(RankingBlock block, int row) {
        int d = reward.length;
        int[] ranks = new int[block.responses()];
        double[] features = new double[block.responses() * d];
        double[] rewards = new double[block.responses()];
        double[] logits = new double[block.responses()];
        block.ranks(row, ranks);
        block.features(row, features);
        double sigma = block.rationality(row, rationality);
        for (int i = 0; i < features.length; i++) {
            rewards[i / d] += reward[i % d] * features[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] = sigma * rewards[i];
        }
        model.compute(logits, ranks, logits.length);
        Arrays.fill(gradient, 0);
        double along = 0;
        for (int i = 0; i < logits.length; i++) {
            along += model.residual(i) * rewards[i];
            for (int j = 0; j < d; j++) {
                gradient[j] += sigma * model.residual(i) * features[i * d + j];
            }
        }
        for (int j = 0; j < rationality.length; j++) {
            gradient[d + j] = along * block.context(row, j);
        }
        addSquare(block.weight(row));
    }

    private void addSquare(double factor) {
        for (int i = 0; i < gradient.length; i++) {
            double scaled = factor * gradient[i];
            for (int j = 0; j <= i; j++) {
                sums[i][j] += scaled * gradient[j];
            }
        }
    }

    private PackedSymmetric symmetric() {
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < i; j++) {
                sums[j][i] = sums[i][j];
            }
        }
        return PackedSymmetric.ofRows(sums);
    }
}
