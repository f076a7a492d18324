package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a fit ended.
 *
 * @param parameters  where it ended; zeros if the moments already showed that no fit is possible
 * @param answer      statistics at exactly those parameters; zeros in that case
 * @param decrement   λ² there, in squared standard errors: MODEL (9); +∞ in that case
 * @param rounds      questions asked to the shards, the one for moments included
 * @param diagnostics in the order found; empty for a fit with nothing to remark
 * @param aliasing    parameters that the judgments do not tell apart from others; these are 0 and not estimable
 */
public record Fit(
        FitStatus status,
        Parameters parameters,
        Answer answer,
        double decrement,
        int rounds,
        List<Diagnostic> diagnostics,
        Aliasing aliasing) {
    public Fit {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Of judgments that tell all parameters apart. */
    public Fit(
            FitStatus status,
            Parameters parameters,
            Answer answer,
            double decrement,
            int rounds,
            List<Diagnostic> diagnostics) {
        this(status, parameters, answer, decrement, rounds, diagnostics, Aliasing.none(parameters.dimension()));
    }

    /** Sums at exactly the parameters. */
    public Statistics statistics() {
        return answer.statistics();
    }

    public boolean converged() {
        return status == FitStatus.CONVERGED;
    }

    public long count() {
        return answer.count();
    }

    /** n = Σw. */
    public double weight() {
        return answer.weight();
    }

    /** ℓ, in nats. */
    public double logLikelihood() {
        return statistics().logLikelihood();
    }

    /** g, size p. */
    public Vector score() {
        return statistics().score();
    }

    /** J: MODEL (5). */
    public PackedSymmetric information() {
        return PackedSymmetric.of(parameters.dimension(), statistics().information());
    }

    /** C, d × k: MODEL (6). */
    public Dense cross() {
        return Dense.of(
                parameters.reward().size(),
                parameters.rationality().size(),
                statistics().cross());
    }

    /** B: MODEL (13); always there when converged. */
    public Optional<PackedSymmetric> meat() {
        return statistics().meat().size() == 0
                ? Optional.empty()
                : Optional.of(
                        PackedSymmetric.of(parameters.dimension(), statistics().meat()));
    }

    /** G; meaningful where {@link #meat} is there. */
    public double clusters() {
        return statistics().clusters();
    }

    /** Σw of judgments with σ ≤ 0. */
    public double nonPositiveRationality() {
        return statistics().nonPositiveRationality();
    }

    /** This fit with more to remark. */
    Fit withDiagnostics(List<Diagnostic> more) {
        List<Diagnostic> all = new ArrayList<>(diagnostics);
        all.addAll(more);
        return new Fit(status, parameters, answer, decrement, rounds, all, aliasing);
    }

    /** This fit with another ℓ. */
    Fit withLogLikelihood(double total) {
        Answer other = answer.with(statistics().withLogLikelihood(total));
        return new Fit(status, parameters, other, decrement, rounds, diagnostics, aliasing);
    }

    /** This fit without the parameters that are not estimable; itself if all are. */
    public Fit estimable() {
        if (aliasing.isNone()) {
            return this;
        }
        int d = aliasing.slice(0, parameters.reward().size()).kept().size();
        Parameters kept = Parameters.of(aliasing.reduced(parameters.joint()), d);
        Answer sums = SetAside.reduced(answer, parameters.reward().size(), aliasing);
        return new Fit(status, kept, sums, decrement, rounds, diagnostics);
    }
}
