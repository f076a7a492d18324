package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the last answer into a {@link Fit}, with all that MODEL §1 asks to report. */
final class Ending {
    private static final double LARGEST_RATIO = 0.1; // p/n
    private static final double LARGEST_CORRELATION = 0.95;

    private Ending() {}

    /** No fit is possible, as the moments show. */
    static Step impossible(RoundOrder asked, ShardSum moments, List<Diagnostic> found) {
        int d = asked.point().reward().size();
        int k = asked.point().rationality().size();
        ShardSum zero = ShardSum.zero(d, k, 0, Wanted.STATISTICS);
        // ℓ = −n ln 2 is the truth at τ = 0; the other sums there were not asked for.
        ShardSum counted = new ShardSum(
                moments.count(),
                moments.weight(),
                -Math.log(2) * moments.weight(),
                zero.trialLogLikelihoods(),
                zero.score(),
                zero.information(),
                zero.cross(),
                0,
                zero.meat(),
                0,
                0,
                zero.differenceMoment(),
                zero.contextMoment(),
                zero.crossMoment());
        return Step.done(new Fit(
                FitStatus.RANK_DEFICIENT,
                Parameters.zeros(d, k),
                counted,
                Double.POSITIVE_INFINITY,
                asked.round() + 1,
                found));
    }

    static Step separated(RoundOrder asked, ShardSum answer, double decrement) {
        boolean complete = answer.minimumSignedMargin() > 0;
        Diagnostic proof = new Diagnostic(
                "separated",
                answer.minimumSignedMargin(), // least log-odds of what was said
                complete
                        ? "every judgment can be predicted right: larger parameters always fit better, and there is no maximum"
                        : "the judgments put no bound on " + unbounded(asked, answer) + ": it runs to infinity");
        return done(FitStatus.SEPARATED, asked, answer, decrement, List.of(proof));
    }

    /** The parameter that is least certain beside the size of its feature. */
    private static String unbounded(RoundOrder asked, ShardSum answer) {
        int d = asked.point().reward().size();
        int p = asked.point().dimension();
        Standardisation standardisation = asked.state().standardisation();
        PackedSymmetric difference = PackedSymmetric.of(d, standardisation.differenceFactor());
        PackedSymmetric context = PackedSymmetric.of(p - d, standardisation.contextFactor());
        PackedSymmetric information = PackedSymmetric.of(p, answer.information());
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
        return names(List.of(worst), asked.point());
    }

    /** Mean square of a feature: the squared length of a row of the factor of their moment. */
    private static double length(PackedSymmetric factor, int row) {
        double sum = 0;
        for (int j = 0; j <= row; j++) {
            sum += factor.get(row, j) * factor.get(row, j);
        }
        return sum;
    }

    static Step notConverged(RoundOrder asked, ShardSum answer, double decrement) {
        Diagnostic reason = new Diagnostic(
                "not-converged",
                asked.round() + 1,
                String.format(Locale.ROOT, "not converged after %d rounds", asked.round() + 1));
        return done(FitStatus.NOT_CONVERGED, asked, answer, decrement, List.of(reason));
    }

    private static ScaledCondition condition(RoundOrder asked, ShardSum answer) {
        return ScaledCondition.of(PackedSymmetric.of(asked.point().dimension(), answer.information()));
    }

    /** The score is 0 here; whether it is a maximum depends on the information having full rank. */
    static Step stationary(RoundOrder asked, ShardSum answer, double decrement, boolean maximum, boolean dataMoved) {
        List<Diagnostic> found = new ArrayList<>();
        ScaledCondition condition = condition(asked, answer);
        if (condition.number() > MomentCheck.WORST_CONDITION) {
            found.add(new Diagnostic(
                    "rank-deficient-information",
                    condition.number(),
                    "the judgments do not determine " + names(condition.columns(), asked.point())));
            return done(FitStatus.RANK_DEFICIENT, asked, answer, decrement, found);
        }
        if (dataMoved) {
            found.add(new Diagnostic(
                    "data-moved",
                    OneStep.drift(decrement, answer.weight(), asked.point().dimension()),
                    "judgments arrived or left during the fit; one step from here, MODEL (8), is so many standard"
                            + " errors from the maximum"));
        }
        return done(maximum ? FitStatus.CONVERGED : FitStatus.NOT_CONVERGED, asked, answer, decrement, found);
    }

    private static Step done(
            FitStatus status, RoundOrder asked, ShardSum answer, double decrement, List<Diagnostic> reasons) {
        List<Diagnostic> found = new ArrayList<>(reasons);
        Parameters point = asked.point();
        double share = answer.nonPositiveRationality() / answer.weight();
        if (share > 0) {
            found.add(new Diagnostic(
                    "non-positive-rationality",
                    share,
                    "share of judgments whose estimated rationality is not above 0"));
        }
        double ratio = point.dimension() / answer.weight();
        if (ratio > LARGEST_RATIO) {
            found.add(new Diagnostic(
                    "few-judgments-per-parameter", ratio, "parameters per judgment; intervals are too narrow"));
        }
        addCorrelation(point, answer, found);
        return Step.done(new Fit(status, point, answer.withoutTrials(), decrement, asked.round() + 1, found));
    }

    private static void addCorrelation(Parameters point, ShardSum answer, List<Diagnostic> found) {
        int d = point.reward().size();
        Cholesky.of(PackedSymmetric.of(point.dimension(), answer.information())).ifPresent(factor -> {
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
