package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Moments;
import dev.assay.estimator.sums.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers without the parameters that the judgments do not tell apart from others: one column that nobody carries must not
 * keep everybody from an estimate. Masked, such a parameter looks as if its feature were 1 in mean square and had to do with
 * no other and no judgment: score and cross curvature are 0, so that no step of any method moves it from 0.
 */
final class SetAside {
    private SetAside() {}

    /** @param at for the sizes of θ and γ */
    static Answer masked(Parameters at, Answer answer, Aliasing aliasing) {
        if (aliasing.isNone()) {
            return answer;
        }
        int d = at.reward().size();
        int k = at.rationality().size();
        return new Answer(
                answer.count(),
                answer.weight(),
                answer.hasStatistics() ? masked(answer.statistics(), answer.weight(), aliasing, d, k) : null,
                answer.hasMoments() ? masked(answer.moments(), answer.weight(), aliasing, d, k) : null,
                answer.trials());
    }

    private static Statistics masked(Statistics sums, double weight, Aliasing aliasing, int d, int k) {
        return new Statistics(
                sums.logLikelihood(),
                aliasing.masked(sums.score()),
                masked(sums.information(), d + k, aliasing, weight),
                masked(sums.cross(), aliasing.slice(0, d), aliasing.slice(d, d + k)),
                sums.clusters(),
                masked(sums.meat(), d + k, aliasing, 0),
                sums.minimumSignedMargin(),
                sums.nonPositiveRationality());
    }

    private static Moments masked(Moments moments, double weight, Aliasing aliasing, int d, int k) {
        Aliasing reward = aliasing.slice(0, d);
        Aliasing context = Aliasing.none(1).concat(aliasing.slice(d, d + k));
        return new Moments(
                masked(moments.difference(), d, reward, weight),
                masked(moments.context(), k + 1, context, weight),
                masked(moments.cross(), reward, context));
    }

    /** @param packed of size 0 where it was not asked for */
    private static Vector masked(Vector packed, int size, Aliasing aliasing, double diagonal) {
        return packed.size() == 0
                ? packed
                : aliasing.masked(PackedSymmetric.of(size, packed), diagonal).packedVector();
    }

    private static Vector masked(Vector values, Aliasing rows, Aliasing columns) {
        double[] masked = values.toArray();
        if (masked.length > 0) {
            for (int row : rows.indices()) {
                java.util.Arrays.fill(masked, row * columns.size(), (row + 1) * columns.size(), 0);
            }
            for (int column : columns.indices()) {
                for (int row = 0; row < rows.size(); row++) {
                    masked[row * columns.size() + column] = 0;
                }
            }
        }
        return Vector.of(masked);
    }

    /**
     * The statistics of the other parameters alone.
     *
     * @param answer with statistics
     * @param d      size of θ, what is set aside included
     */
    static Answer reduced(Answer answer, int d, Aliasing aliasing) {
        Statistics sums = answer.statistics();
        int p = aliasing.size();
        return answer.with(new Statistics(
                sums.logLikelihood(),
                aliasing.reduced(sums.score()),
                reduced(sums.information(), aliasing),
                Dense.of(d, p - d, sums.cross())
                        .without(aliasing.slice(0, d), aliasing.slice(d, p))
                        .values(),
                sums.clusters(),
                sums.meat().size() == 0 ? sums.meat() : reduced(sums.meat(), aliasing),
                sums.minimumSignedMargin(),
                sums.nonPositiveRationality()));
    }

    private static Vector reduced(Vector packed, Aliasing aliasing) {
        return aliasing.reduced(PackedSymmetric.of(aliasing.size(), packed)).packedVector();
    }

    /** A fit with the sums of the judgments as they are, which says what was set aside. */
    static Fit told(Fit fit, Answer answer, Aliasing aliasing) {
        Parameters at = fit.parameters();
        int d = at.reward().size();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (int column : aliasing.indices()) {
            diagnostics.add(new Diagnostic(
                    "not-estimable",
                    column,
                    (column < d ? "reward[" + column : "rationality[" + (column - d))
                            + "]: the judgments do not tell it apart from the others; it is set aside as 0"));
        }
        diagnostics.addAll(fit.diagnostics());
        Answer sums = fit.answer().hasStatistics() && answer.hasStatistics() ? answer.statisticsAlone() : fit.answer();
        return new Fit(fit.status(), at, sums, fit.decrement(), fit.rounds(), diagnostics, aliasing);
    }
}
