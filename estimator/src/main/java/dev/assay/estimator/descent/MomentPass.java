package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;

/** Sums the additive moments that standardisation and start need, whatever the parameters: MODEL §6. */
final class MomentPass {
    private final int d;
    private final int contexts; // k + 1: ψ̃ = (ψ₀, ψ)
    private final double[] roots;
    private final double[] factors;
    private final OuterSum squares; // of (z, ψ̃)
    private final double[] crossMoment;
    private double totalWeight;

    MomentPass(int rewardDimension, int rationalityDimension, int capacity) {
        d = rewardDimension;
        contexts = rationalityDimension + 1;
        roots = new double[capacity];
        factors = new double[capacity];
        squares = new OuterSum(d + contexts);
        crossMoment = new double[d * contexts];
    }

    /** @param sign 1 to add the rows, -1 to take them out again */
    void add(Rows rows, double sign) {
        rows.readHeads();
        for (int r = 0; r < rows.count; r++) {
            double weight = rows.weight[r];
            roots[r] = Math.sqrt(weight);
            factors[r] = sign * weight * (rows.preference[r] - 0.5);
            totalWeight += sign * weight;
        }
        rows.addOuter(roots, Rows.OFFSET, contexts, roots, sign, squares);
        rows.addCross(Rows.OFFSET, contexts, factors, crossMoment);
    }

    void absorb(MomentPass later) {
        squares.add(later.squares);
        for (int i = 0; i < crossMoment.length; i++) {
            crossMoment[i] += later.crossMoment[i];
        }
        totalWeight += later.totalWeight;
    }

    /** Σw. */
    double weight() {
        return totalWeight;
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
                squares.packed(0, d),
                squares.packed(d, d + contexts),
                Vector.of(crossMoment));
    }
}
