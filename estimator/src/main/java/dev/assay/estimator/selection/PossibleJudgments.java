package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judgments that could be asked for, in coordinates x = L⁻¹v in which the J of the start, LLᵀ, is the identity.
 *
 * <p>Every judgment taken replaces J⁻¹ by J⁻¹ − J⁻¹v vᵀJ⁻¹ c², c² = w π(1−π) / (1 + w π(1−π) vᵀJ⁻¹v): in those coordinates by I
 * − Σ u uᵀ with u = c · (x of the one taken, freed of the u before). So vᵀJ⁻¹v of every other falls by (uᵀx)²: one pass over
 * the rows, nothing is factored anew and the rows stay as they are.
 */
final class PossibleJudgments {
    private static final double ROUNDING = 1e-12; // a native BLAS rounds the same row otherwise at another place
    private static final int BLOCK = 256; // rows that are whitened at once

    private final int p;
    private final int rows;
    private final double[] whitened; // x, row by row
    private final double[] variance; // w π(1 − π); negative once an option is used up
    private final double[] probability;
    private final double[] leverage; // vᵀJ⁻¹v, with the J of now
    private final double[] alone; // the gain at the start
    private final double[] product;
    private final List<Vector> taken = new ArrayList<>(); // u

    private PossibleJudgments(int p, int rows) {
        this.p = p;
        this.rows = rows;
        this.whitened = new double[rows * p];
        this.variance = new double[rows];
        this.probability = new double[rows];
        this.leverage = new double[rows];
        this.alone = new double[rows];
        this.product = new double[rows];
    }

    static PossibleJudgments of(Parameters parameters, Cholesky information, List<Comparison> options) {
        int p = parameters.dimension();
        long numbers = (long) options.size() * p;
        Require.that(
                numbers <= DOptimalDesign.MOST_NUMBERS,
                "options times parameters must be at most %s, were %s × %s",
                DOptimalDesign.MOST_NUMBERS,
                options.size(),
                p);
        PossibleJudgments all = new PossibleJudgments(p, options.size());
        double[] inverse = inverse(information);
        double[] gradients = new double[BLOCK * p];
        double[] block = new double[BLOCK * p];
        for (int from = 0; from < all.rows; from += BLOCK) {
            int count = Math.min(BLOCK, all.rows - from);
            for (int row = 0; row < count; row++) {
                all.fill(parameters, options.get(from + row), from + row, gradients, row * p);
            }
            Blas.products(count, p, p, gradients, 0, p, inverse, block);
            System.arraycopy(block, 0, all.whitened, from * p, count * p);
        }
        for (int row = 0; row < all.rows; row++) {
            double square = 0;
            for (int i = row * p; i < (row + 1) * p; i++) {
                square += all.whitened[i] * all.whitened[i];
            }
            Require.that(Double.isFinite(square), "options[%s] must be of finite effect, vᵀJ⁻¹v was %s", row, square);
            all.leverage[row] = square;
            all.alone[row] = Math.log1p(all.variance[row] * square);
        }
        return all;
    }

    /** L⁻¹, row-major. */
    private static double[] inverse(Cholesky information) {
        int p = information.size();
        double[] inverse = new double[p * p];
        for (int column = 0; column < p; column++) {
            double[] unit = new double[p];
            unit[column] = 1;
            Vector solved = information.half(Vector.of(unit));
            for (int row = column; row < p; row++) {
                inverse[row * p + column] = solved.get(row);
            }
        }
        return inverse;
    }

    private void fill(Parameters parameters, Comparison option, int row, double[] gradients, int at) {
        int d = parameters.reward().size();
        Require.that(
                option.difference().size() == d,
                "options[%s].difference must have %s numbers, had %s",
                row,
                d,
                option.difference().size());
        Require.that(
                option.context().size() == p - d,
                "options[%s].context must have %s numbers, had %s",
                row,
                p - d,
                option.context().size());
        double rationality = option.rationality(parameters);
        double advantage = option.difference().dot(parameters.reward());
        for (int i = 0; i < d; i++) {
            gradients[at + i] = rationality * option.difference().get(i);
        }
        for (int j = 0; j < p - d; j++) {
            gradients[at + d + j] = advantage * option.context().get(j);
        }
        double margin = rationality * advantage;
        probability[row] = ChoiceModel.probability(margin);
        variance[row] = option.weight() * ChoiceModel.variance(margin);
    }

    /** The one not used up that gains most; of equal ones, rounding apart, the first. Empty if all are. */
    Optional<Suggestion> best() {
        int best = -1;
        double most = -1; // w π(1−π) vᵀJ⁻¹v, of which the gain is a growing function
        for (int row = 0; row < rows; row++) {
            double growth = variance[row] * leverage[row];
            if (variance[row] >= 0 && growth > most * (1 + ROUNDING)) {
                most = growth;
                best = row;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        // The two are computed in different ways where something was taken; rounding must not turn them around.
        double gain = Math.min(alone[best], Math.log1p(most));
        return Optional.of(new Suggestion(best, probability[best], gain, alone[best]));
    }

    /** Adds what this judgment would add to J. */
    void take(int row) {
        double[] direction = new double[p];
        System.arraycopy(whitened, row * p, direction, 0, p);
        Vector of = Vector.of(direction);
        for (Vector earlier : taken) {
            double along = earlier.dot(of);
            for (int i = 0; i < p; i++) {
                direction[i] -= along * earlier.get(i);
            }
        }
        double scale = Math.sqrt(variance[row] / (1 + variance[row] * leverage[row]));
        for (int i = 0; i < p; i++) {
            direction[i] *= scale;
        }
        taken.add(Vector.of(direction));
        Blas.times(rows, p, whitened, 0, p, direction, product);
        for (int i = 0; i < rows; i++) {
            leverage[i] = Math.max(0, leverage[i] - product[i] * product[i]);
        }
    }

    /** Uses up all options of a question. */
    void close(int[] questions, int question) {
        for (int row = 0; row < rows; row++) {
            variance[row] = questions[row] == question ? -1 : variance[row];
        }
    }
}
