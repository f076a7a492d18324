package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;

/** Sums the additive moments that standardisation and start need, whatever the parameters: MODEL §6. */
final class MomentPass {
    private final double[][] contexts; // (ψ₀, ψ)
    private final double[] crossMoment;
    private final SymmetricSum differenceMoment;
    private final SymmetricSum contextMoment;

    MomentPass(int rewardDimension, int rationalityDimension, int capacity) {
        contexts = new double[capacity][rationalityDimension + 1];
        crossMoment = new double[rewardDimension * (rationalityDimension + 1)];
        differenceMoment = new SymmetricSum(rewardDimension);
        contextMoment = new SymmetricSum(rationalityDimension + 1);
    }

    void add(ComparisonBlock block) {
        for (int r = 0; r < block.rows(); r++) {
            double[] context = contexts[r];
            context[0] = block.offset[r];
            System.arraycopy(block.context[r], 0, context, 1, context.length - 1);
            double factor = block.weight[r] * (block.preference[r] - 0.5);
            int next = 0;
            for (double entry : block.difference[r]) {
                for (double feature : context) {
                    crossMoment[next++] += factor * entry * feature;
                }
            }
        }
        differenceMoment.add(block.difference, block.weight, block.rows());
        contextMoment.add(contexts, block.weight, block.rows());
    }

    ShardSum fill(ShardSum counted) {
        return new ShardSum(
                counted.count(),
                counted.weight(),
                counted.logLikelihood(),
                counted.trialLogLikelihoods(),
                counted.score(),
                counted.information(),
                counted.cross(),
                counted.clusters(),
                counted.meat(),
                counted.minimumSignedMargin(),
                counted.nonPositiveRationality(),
                differenceMoment.packed(),
                contextMoment.packed(),
                Vector.of(crossMoment));
    }
}
