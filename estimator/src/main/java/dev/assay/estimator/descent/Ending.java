package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the last answer into a {@link Fit}, with all that MODEL §1 asks to report. */
final class Ending {
    private static final double LARGEST_RATIO = 0.1; // p/n
    private static final double LARGEST_CORRELATION = 0.95;

    private Ending() {}

    /** No fit is possible, as the moments show. */
    static Step.Done impossible(int round, Parameters point, Answer moments, List<Diagnostic> found) {
        int d = point.reward().size();
        int k = point.rationality().size();
        Statistics zero = Statistics.zero(d, k, Wanted.STATISTICS);
        // ℓ = −n ln 2 is the truth at τ = 0; the other sums there were not asked for.
        Statistics there = new Statistics(
                -Math.log(2) * moments.weight(), zero.score(), zero.information(), zero.cross(), 0, zero.meat(), 0, 0);
        return new Step.Done(new Fit(
                FitStatus.RANK_DEFICIENT,
                Parameters.zeros(d, k),
                new Answer(moments.count(), moments.weight(), there),
                Double.POSITIVE_INFINITY,
                round + 1,
                found));
    }

    /** All judgments have left, or none counts. */
    static Step.Done withoutJudgments(Evaluation at) {
        return impossible(at.round(), at.point(), at.answer(), List.of(MomentCheck.withoutJudgments(at.answer())));
    }

    static Step.Done separated(Evaluation at, double decrement) {
        boolean complete = at.statistics().minimumSignedMargin() > 0;
        Diagnostic proof = new Diagnostic(
                "separated",
                at.statistics().minimumSignedMargin(), // least log-odds of what was said
                complete
                        ? "every judgment can be predicted right: larger parameters always fit better, and there is no maximum"
                        : "the judgments put no bound on " + unbounded(at) + ": it runs to infinity");
        return done(FitStatus.SEPARATED, at, decrement, List.of(proof));
    }

    /** The parameter that is least certain beside the size of its feature. */
    private static String unbounded(Evaluation at) {
        int d = at.point().reward().size();
        int p = at.dimension();
        Standardisation standardisation = at.problem().standardisation();
        PackedSymmetric difference = PackedSymmetric.of(d, standardisation.differenceFactor());
        PackedSymmetric context = PackedSymmetric.of(p - d, standardisation.contextFactor());
        PackedSymmetric information = PackedSymmetric.of(p, at.statistics().information());
        Vector variances = Cholesky.of(information)
                .map(factor -> factor.inverse().diagonal())
                .orElseGet(() -> information.diagonal().times(-1)); // no inverse: the least information
        int worst = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < p; i++) {
            double scale = i < d ? length(difference, i) : length(context, i - d);
            double uncertainty = variances.get(i) > 0 ? variances.get(i) * scale : variances.get(i) / scale;
            if (uncertainty > largest) {
                largest = uncertainty;
                worst = i;
            }
        }
        return names(List.of(worst), at.point());
    }

    /** Mean square of a feature: the squared length of a row of the factor of their moment. */
    private static double length(PackedSymmetric factor, int row) {
        double sum = 0;
        for (int j = 0; j <= row; j++) {
            sum += factor.get(row, j) * factor.get(row, j);
        }
        return sum;
    }

    static Step.Done notConverged(Evaluation at, double decrement) {
        Diagnostic reason = new Diagnostic(
                "not-converged",
                at.round() + 1,
                String.format(Locale.ROOT, "not converged after %d rounds", at.round() + 1));
        return done(FitStatus.NOT_CONVERGED, at, decrement, List.of(reason));
    }

    private static ScaledCondition condition(Evaluation at) {
        return ScaledCondition.of(
                PackedSymmetric.of(at.dimension(), at.statistics().information()));
    }

    /** The score is 0 here; whether it is a maximum depends on the information having full rank. */
    static Step.Done stationary(Evaluation at, double decrement, boolean maximum, boolean dataMoved) {
        List<Diagnostic> found = new ArrayList<>();
        ScaledCondition condition = condition(at);
        if (condition.number() > MomentCheck.WORST_CONDITION) {
            found.add(new Diagnostic(
                    "rank-deficient-information",
                    condition.number(),
                    "the judgments do not determine " + names(condition.columns(), at.point())));
            return done(FitStatus.RANK_DEFICIENT, at, decrement, found);
        }
        if (dataMoved) {
            found.add(new Diagnostic(
                    "data-moved",
                    OneStep.drift(decrement, at.weight(), at.dimension()),
                    "judgments arrived or left during the fit; one step from here, MODEL (8), is so many standard"
                            + " errors from the maximum"));
        }
        return done(maximum ? FitStatus.CONVERGED : FitStatus.NOT_CONVERGED, at, decrement, found);
    }

    private static Step.Done done(FitStatus status, Evaluation at, double decrement, List<Diagnostic> reasons) {
        List<Diagnostic> found = new ArrayList<>(reasons);
        Parameters point = at.point();
        double share = at.statistics().nonPositiveRationality() / at.weight();
        if (share > 0) {
            found.add(new Diagnostic(
                    "non-positive-rationality",
                    share,
                    "share of judgments whose estimated rationality is not above 0"));
        }
        double ratio = point.dimension() / at.weight();
        if (ratio > LARGEST_RATIO) {
            found.add(new Diagnostic(
                    "few-judgments-per-parameter", ratio, "parameters per judgment; intervals are too narrow"));
        }
        addCorrelation(at, found);
        return new Step.Done(new Fit(status, point, at.answer().statisticsAlone(), decrement, at.round() + 1, found));
    }

    private static void addCorrelation(Evaluation at, List<Diagnostic> found) {
        Parameters point = at.point();
        int d = point.reward().size();
        Cholesky.of(PackedSymmetric.of(point.dimension(), at.statistics().information()))
                .ifPresent(factor -> {
                    PackedSymmetric covariance = factor.inverse();
                    Vector variance = covariance.diagonal();
                    double largest = 0;
                    for (int i = d; i < point.dimension(); i++) {
                        for (int j = 0; j < d; j++) {
                            double scale = Math.sqrt(variance.get(i)) * Math.sqrt(variance.get(j));
                            largest = Math.max(largest, Math.abs(covariance.get(i, j)) / scale);
                        }
                    }
                    if (largest > LARGEST_CORRELATION) {
                        found.add(new Diagnostic(
                                "correlated", largest, "largest correlation of a reward and a rationality parameter"));
                    }
                });
    }

    private static String names(List<Integer> columns, Parameters point) {
        int d = point.reward().size();
        List<Integer> reward = columns.stream().filter(column -> column < d).toList();
        List<Integer> rationality =
                columns.stream().filter(column -> column >= d).toList();
        String both = reward.isEmpty() || rationality.isEmpty() ? "" : ", ";
        return MomentCheck.names(reward, "reward", 0) + both + MomentCheck.names(rationality, "rationality", -d);
    }
}
