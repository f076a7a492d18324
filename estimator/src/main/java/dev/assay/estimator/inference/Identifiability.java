package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.sums.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How firmly the judgments determine the parameters, as numbers: MODEL §1. Separation and stopping are the fit's to report.
 *
 * @param parametersPerJudgment  p/n
 * @param condition              condition number of D^{-1/2}JD^{-1/2}, D = diag J; at least 1
 * @param offsetExplained        share of Σ w ψ₀² that the best combination of ψ reaches, 0 to 1; at 1 only σ up to a factor
 *                               is determined
 * @param nonPositiveRationality share of judgments with σ̂ ≤ 0, by weight
 * @param largestCorrelation     largest |correlation| of a θ and a γ, by J⁻¹; empty if J is singular or k = 0
 * @param largestErrorRatio      largest ratio of a sandwich's standard error to the model's; empty where one is missing
 * @param conditions             the paper's, in our reading; empty for k = 0 and without a fit
 * @param diagnostics            a remark for each of the above beyond its bound; the paper's conditions are no such bound
 */
public record Identifiability(
        double parametersPerJudgment,
        double condition,
        double offsetExplained,
        double nonPositiveRationality,
        OptionalDouble largestCorrelation,
        OptionalDouble largestErrorRatio,
        Optional<RegularityConditions> conditions,
        List<Diagnostic> diagnostics) {
    private static final double MOST_PARAMETERS_PER_JUDGMENT = 0.1;
    private static final double WORST_CONDITION = 1e10;
    private static final double MOST_EXPLAINED = 0.99; // standard errors are then ten times those of a free ψ₀
    private static final double LARGEST_CORRELATION = 0.95;
    private static final double LARGEST_ERROR_RATIO = 1.5;
    private static final double RIDGE = 1e-12; // of a unit diagonal, for contexts that depend on each other

    public Identifiability {
        diagnostics = List.copyOf(diagnostics);
    }

    /** @param moments answered with {@code Wanted.MOMENTS}, over the same judgments as the fit; of weight above 0 */
    public static Identifiability of(Fit fit, Answer moments) {
        int p = fit.parameters().dimension();
        int k = fit.parameters().rationality().size();
        double parametersPerJudgment = p / moments.weight();
        double condition = ScaledCondition.of(fit.estimable().information()).number();
        Aliasing contexts = Aliasing.none(1).concat(fit.aliasing().slice(p - k, p));
        double offsetExplained = offsetExplained(
                contexts.reduced(PackedSymmetric.of(k + 1, moments.moments().context())));
        double nonPositive = fit.nonPositiveRationality() / moments.weight();
        Optional<Covariance> model = Covariance.model(fit);
        OptionalDouble correlation = k == 0
                ? OptionalDouble.empty()
                : model.map(covariance -> OptionalDouble.of(largestCorrelation(covariance, p - k)))
                        .orElse(OptionalDouble.empty());
        OptionalDouble ratio = model.flatMap(Identifiability.ratioTo(fit)).orElse(OptionalDouble.empty());
        Remarks remarks = new Remarks();
        remarks.above(
                "few-judgments-per-parameter",
                parametersPerJudgment,
                MOST_PARAMETERS_PER_JUDGMENT,
                "parameters per judgment; intervals are too narrow");
        remarks.above(
                "rank-deficient-information",
                condition,
                WORST_CONDITION,
                "condition number of the information: the judgments do not determine all parameters");
        remarks.above(
                "offset-explained",
                offsetExplained,
                MOST_EXPLAINED,
                "share of the offset ψ₀ that the context features explain: rationality is hardly determined but for a"
                        + " factor");
        remarks.above(
                "non-positive-rationality",
                nonPositive,
                0,
                "share of judgments whose estimated rationality is not above 0");
        correlation.ifPresent(value -> remarks.above(
                "correlated",
                value,
                LARGEST_CORRELATION,
                "largest correlation of a reward and a rationality parameter"));
        ratio.ifPresent(value -> remarks.above(
                "robust-errors-larger",
                value,
                LARGEST_ERROR_RATIO,
                "largest ratio of a robust standard error to the model's: the model is wrong, or judgments depend on each"
                        + " other"));
        return new Identifiability(
                parametersPerJudgment,
                condition,
                offsetExplained,
                nonPositive,
                correlation,
                ratio,
                RegularityConditions.of(fit, moments),
                remarks.found);
    }

    private static final class Remarks {
        private final List<Diagnostic> found = new ArrayList<>();

        void above(String name, double value, double bound, String message) {
            if (value > bound) {
                found.add(new Diagnostic(name, value, message));
            }
        }
    }

    private static java.util.function.Function<Covariance, Optional<OptionalDouble>> ratioTo(Fit fit) {
        return model -> Covariance.sandwich(fit)
                .map(robust -> java.util.Arrays.stream(
                                robust.standardErrorRatios(model).toArray())
                        .max());
    }

    /** 1 − (Schur complement of ψ₀ in Σ w ψ̃ψ̃ᵀ)/(Σ w ψ₀²), with unit diagonals. */
    private static double offsetExplained(PackedSymmetric contexts) {
        int k = contexts.size() - 1;
        double offset = contexts.get(0, 0);
        if (!(offset > 0)) {
            return 1;
        }
        double[] along = new double[k];
        double[][] rows = new double[k][k];
        for (int i = 0; i < k; i++) {
            along[i] = contexts.get(i + 1, 0) / Math.sqrt(offset) / scale(contexts, i + 1);
            for (int j = 0; j < i; j++) {
                rows[i][j] = contexts.get(i + 1, j + 1) / scale(contexts, i + 1) / scale(contexts, j + 1);
            }
            rows[i][i] = 1;
        }
        PackedSymmetric unit = PackedSymmetric.ofRows(rows);
        double[] ridge = new double[k];
        java.util.Arrays.fill(ridge, RIDGE);
        Cholesky factor = Cholesky.of(unit)
                .or(() -> Cholesky.of(unit.plusDiagonal(Vector.of(ridge))))
                .orElseThrow();
        double reached = factor.half(Vector.of(along)).length();
        return Math.min(1, reached * reached);
    }

    /** 1 for a feature that is always 0: all its products are then 0 as well. */
    private static double scale(PackedSymmetric contexts, int i) {
        return contexts.get(i, i) > 0 ? Math.sqrt(contexts.get(i, i)) : 1;
    }

    private static double largestCorrelation(Covariance found, int d) {
        PackedSymmetric covariance = found.matrix();
        double largest = 0;
        for (int i = d; i < covariance.size(); i++) {
            for (int j = 0; j < d; j++) {
                double scale = Math.sqrt(covariance.get(i, i)) * Math.sqrt(covariance.get(j, j));
                largest = scale > 0 ? Math.max(largest, Math.abs(covariance.get(i, j)) / scale) : largest;
            }
        }
        return largest;
    }
}
