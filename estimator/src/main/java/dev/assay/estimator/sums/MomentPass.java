package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Scratch;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.Rows;
import java.util.Arrays;

/**
 * Sums the additive moments that standardisation and start need, whatever the parameters: MODEL §6. For a ranking these are
 * its score at θ = 0 before the multiplication with σ, Σ_stages w (φ̄_chosen − φ̄) ψ̃ᵀ, and four times its information
 * there, Σ_stages 4w Σ (φ − φ̄)(φ − φ̄)ᵀ / options: for a pair the same, and to first order in as fixed a proportion.
 */
final class MomentPass {
    private static final double INVERSE_VARIANCE = 4; // of a toss-up between two

    private final int d;
    private final int contexts; // k + 1: ψ̃ = (ψ₀, ψ)
    private final double[] roots;
    private final double[] factors;
    private final OuterSum squares; // of (z, ψ̃)
    private final double[] crossMoment;
    private double totalWeight;
    // Of rankings.
    private final OuterRows rankingSquares;
    private final PlackettLuce model = new PlackettLuce();
    private final int[] ranks = new int[PlackettLuce.MOST_RESPONSES];
    private final double[] noLogits = new double[PlackettLuce.MOST_RESPONSES];
    private double[] features = new double[0];

    MomentPass(int rewardDimension, int rationalityDimension, int capacity) {
        d = rewardDimension;
        contexts = rationalityDimension + 1;
        roots = new double[capacity];
        factors = new double[capacity];
        squares = new OuterSum(d + contexts);
        crossMoment = new double[d * contexts];
        rankingSquares = new OuterRows(squares, d + contexts);
    }

    /** @param sign 1 to add the rows, -1 to take them out again */
    void add(Rows rows, double sign) {
        rows.readHeads();
        for (int r = 0; r < rows.count(); r++) {
            double weight = rows.weight(r);
            roots[r] = Math.sqrt(weight);
            factors[r] = sign * weight * (rows.preference(r) - 0.5);
            totalWeight += sign * weight;
        }
        rows.addOuter(roots, Rows.OFFSET, contexts, roots, sign, squares);
        rows.addCross(Rows.OFFSET, contexts, factors, crossMoment);
    }

    /** @param sign 1 to add the rankings, -1 to take them out again */
    void add(RankingBlock block, double sign) {
        features = Scratch.atLeast(features, block.responses() * d);
        for (int r = 0; r < block.rows(); r++) {
            double weight = block.weight(r);
            totalWeight += sign * weight;
            if (weight > 0) {
                block.ranks(r, ranks);
                block.features(r, features);
                model.compute(noLogits, ranks, block.responses());
                addCross(block, r, sign * weight);
                addSquares(block, r, weight, sign);
            }
        }
    }

    private void addCross(RankingBlock block, int r, double weight) {
        for (int option = 1; option < block.responses(); option++) { // φ of the first is 0
            double residual = weight * model.residual(option);
            for (int i = 0; i < d; i++) {
                double along = residual * features[option * d + i];
                for (int j = 0; j < contexts; j++) {
                    crossMoment[i * contexts + j] += along * context(block, r, j);
                }
            }
        }
    }

    private void addSquares(RankingBlock block, int r, double weight, double sign) {
        model.eliminate();
        for (int option = 1; option < block.responses(); option++) {
            int at = rankingSquares.next(sign);
            double[] row = rankingSquares.values();
            double root = Math.sqrt(INVERSE_VARIANCE * weight * model.contrastWeight(option));
            Contrasts.fill(model, option, features, d, root, row, at);
            Arrays.fill(row, at + d, at + d + contexts, 0);
        }
        int at = rankingSquares.next(sign);
        double[] row = rankingSquares.values();
        Arrays.fill(row, at, at + d, 0);
        double root = Math.sqrt(weight);
        for (int j = 0; j < contexts; j++) {
            row[at + d + j] = root * context(block, r, j);
        }
    }

    /** Entry of ψ̃. */
    private static double context(RankingBlock block, int row, int index) {
        return index == 0 ? block.offset(row) : block.context(row, index - 1);
    }

    void absorb(MomentPass later) {
        rankingSquares.flush();
        later.rankingSquares.flush();
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

    Moments sums() {
        rankingSquares.flush();
        return new Moments(squares.packed(0, d), squares.packed(d, d + contexts), Vector.of(crossMoment));
    }
}
