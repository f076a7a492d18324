package dev.assay.estimator.descent;

import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;

/** Rationality σ and reward difference θᵀz of every row of a block at one point: MODEL (1). */
final class Margins {
    private final double[] reward;
    private final double[] rationality;
    final double[] sigma;
    final double[] rewardDifference;

    Margins(Parameters at, int capacity) {
        reward = at.reward().toArray();
        rationality = at.rationality().toArray();
        sigma = new double[capacity];
        rewardDifference = new double[capacity];
    }

    void compute(ComparisonBlock block) {
        for (int r = 0; r < block.rows(); r++) {
            sigma[r] = block.offset[r] + dot(rationality, block.context[r]);
            rewardDifference[r] = dot(reward, block.difference[r]);
        }
    }

    double margin(int row) {
        return sigma[row] * rewardDifference[row];
    }

    /** ℓ of the block: MODEL (2). */
    double logLikelihood(ComparisonBlock block) {
        double sum = 0;
        for (int r = 0; r < block.rows(); r++) {
            if (block.weight[r] > 0) {
                sum += block.weight[r] * ChoiceModel.logLikelihood(margin(r), block.preference[r]);
            }
        }
        return sum;
    }

    // Four partial sums: a single one would wait for each addition, as Java may not reorder them.
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
