package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;

/**
 * The sum of MODEL (18a). The leverage h = π(1−π)‖L⁻¹v‖² wants a triangular solve for every judgment. They are done for a
 * block at once, parameters outside and rows inside: the inner loop then runs over neighbouring numbers and vectorises.
 */
final class BiasPass {
    private final BlockPass rows;
    private final int d;
    private final int p;
    private final double[] factor; // L, packed
    private final double[][] mixed; // (J⁻¹)_θγ, d × k
    private final double[][] gradients; // v, a line a parameter, an entry a row
    private final double[][] solved; // L⁻¹v
    private final double[] sigma = new double[ComparisonBlock.ROWS];
    private final double[] rewardDifference = new double[ComparisonBlock.ROWS];
    private final double[] leverage = new double[ComparisonBlock.ROWS]; // vᵀJ⁻¹v
    private final double[] sum;

    BiasPass(Parameters at, Cholesky factor, PackedSymmetric inverse) {
        rows = new BlockPass(at);
        d = at.reward().size();
        p = at.dimension();
        this.factor = factor.packedFactor().toArray();
        mixed = new double[d][p - d];
        for (int i = 0; i < d; i++) {
            for (int j = d; j < p; j++) {
                mixed[i][j - d] = inverse.get(i, j);
            }
        }
        gradients = new double[p][ComparisonBlock.ROWS];
        solved = new double[p][ComparisonBlock.ROWS];
        sum = new double[p];
    }

    /** Call once. */
    Vector sum(ComparisonStore store) {
        rows.over(store, this::add);
        return Vector.of(sum);
    }

    private void add(ComparisonBlock block) {
        fillGradients(block);
        fillLeverage(block.rows());
        for (int r = 0; r < block.rows(); r++) {
            if (block.weight(r) > 0) {
                double margin = sigma[r] * rewardDifference[r];
                double half = 0.5 - ChoiceModel.probability(margin);
                double curvature = block.weight(r) * ChoiceModel.variance(margin);
                double share = curvature * (leverage[r] * half + mixed(block, r));
                for (int i = 0; i < p; i++) {
                    sum[i] += share * gradients[i][r];
                }
            }
        }
    }

    private void fillGradients(ComparisonBlock block) {
        for (int r = 0; r < block.rows(); r++) {
            sigma[r] = rows.sigma(block, r);
            rewardDifference[r] = rows.rewardDifference(block, r);
            for (int i = 0; i < d; i++) {
                gradients[i][r] = sigma[r] * block.difference(r, i);
            }
            for (int j = d; j < p; j++) {
                gradients[j][r] = rewardDifference[r] * block.context(r, j - d);
            }
        }
    }

    private void fillLeverage(int count) {
        java.util.Arrays.fill(leverage, 0);
        int next = 0;
        for (int i = 0; i < p; i++) {
            double[] line = solved[i];
            System.arraycopy(gradients[i], 0, line, 0, count);
            for (int j = 0; j < i; j++) {
                subtract(line, factor[next++], solved[j], count);
            }
            double diagonal = factor[next++];
            for (int r = 0; r < count; r++) {
                line[r] /= diagonal;
                leverage[r] += line[r] * line[r];
            }
        }
    }

    private static void subtract(double[] line, double entry, double[] other, int count) {
        for (int r = 0; r < count; r++) {
            line[r] -= entry * other[r];
        }
    }

    /** ξ = zᵀ(J⁻¹)_θγ ψ. */
    private double mixed(ComparisonBlock block, int r) {
        double total = 0;
        for (int i = 0; i < d; i++) {
            double along = 0;
            for (int j = 0; j < p - d; j++) {
                along += mixed[i][j] * block.context(r, j);
            }
            total += block.difference(r, i) * along;
        }
        return total;
    }
}
