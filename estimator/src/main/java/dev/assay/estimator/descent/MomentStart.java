package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The start without a pass: M = Σ w (y−½) z ψ̃ᵀ / Σw is to first order ¼ G_z θ(1, γᵀ)G_ψ, so the leading singular pair
 * of M, whitened on both sides, points along θ′ and (1, γ′): MODEL §6.
 */
final class MomentStart {
    // A pair with hardly any ψ₀ in it would start at an enormous γ.
    private static final double LEAST_OFFSET_SHARE = 0.01;
    private static final double INVERSE_SLOPE = 4; // of the logistic function at 0

    private MomentStart() {}

    static Parameters of(Answer moments, Standardisation standardisation, int d, int k) {
        Cholesky difference = Cholesky.ofFactor(d, standardisation.differenceFactor());
        Cholesky context = Cholesky.ofFactor(k, standardisation.contextFactor());
        double offsetRoot = Math.sqrt(standardisation.offsetMeanSquare());
        Dense cross = Dense.of(d, k + 1, moments.moments().cross().times(1 / moments.weight()));
        Vector offsetColumn = difference.half(cross.column(0));
        double[][] whitened = new double[d][k + 1];
        for (int i = 0; i < d; i++) {
            whitened[i][0] = offsetColumn.get(i) / offsetRoot;
        }
        Dense contexts = contextColumns(cross, standardisation.regression()).whiten(difference, context);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                whitened[i][j + 1] = contexts.get(i, j);
            }
        }
        return start(whitened, Chart.around(Parameters.zeros(d, k), standardisation));
    }

    /** Σ w (y−½) z ψ′ᵀ / Σw with ψ′ = ψ − aψ₀. */
    private static Dense contextColumns(Dense cross, Vector regression) {
        int k = regression.size();
        double[] columns = new double[cross.rows() * k];
        for (int i = 0; i < cross.rows(); i++) {
            for (int j = 0; j < k; j++) {
                columns[i * k + j] = cross.get(i, j + 1);
            }
        }
        return Dense.of(cross.rows(), k, Vector.of(columns)).plusOuter(-1, cross.column(0), regression);
    }

    private static Parameters start(double[][] whitened, Chart chart) {
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(whitened, false));
        Vector reward = Vector.of(svd.getU().getColumn(0)).times(INVERSE_SLOPE * svd.getSingularValues()[0]);
        Vector rationality = Vector.of(svd.getV().getColumn(0));
        Vector towards = chart.offsetDirection().times(chart.offsetShare(rationality) < 0 ? -1 : 1);
        while (Math.abs(chart.offsetShare(rationality)) < LEAST_OFFSET_SHARE) {
            rationality = rationality.plus(towards.times(LEAST_OFFSET_SHARE));
        }
        return chart.parameters(reward, rationality).orElseThrow();
    }
}
