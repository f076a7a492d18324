package dev.assay.cli;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A fit from another start, to see whether it ends at the same place: the likelihood is concave in θ and in γ, but not
 * in both.
 */
final class SecondStart {
    private static final double SAME_PLACE =
            1e-3; // standard errors a parameter; a published estimate need not be closer

    private final Fit first;
    private final Fit second;
    private final FitStart start;

    SecondStart(Fit first, Fit second, FitStart start) {
        this.first = first;
        this.second = second;
        this.start = start;
    }

    /** The one to report: the second only where it is a maximum and better, or where the first is none. */
    Fit better() {
        boolean higher = second.logLikelihood() > first.logLikelihood();
        return second.converged() && (!first.converged() || (distance() > SAME_PLACE && higher)) ? second : first;
    }

    /** One remark if the two ends differ, else none. */
    List<Diagnostic> remarks() {
        if (!second.converged()) {
            return List.of(new Diagnostic(
                    "second-start",
                    second.rounds(),
                    "the fit from " + start + " ended " + FitReport.word(second.status())));
        }
        if (!first.converged()) {
            return List.of(new Diagnostic(
                    "second-start",
                    second.rounds(),
                    "the first fit ended " + FitReport.word(first.status()) + "; this is the one from " + start));
        }
        double distance = distance();
        if (distance <= SAME_PLACE) {
            return List.of();
        }
        return List.of(new Diagnostic(
                "second-start",
                distance,
                String.format(
                        Locale.ROOT,
                        "two stationary points, %.3g standard errors a parameter apart: log-likelihood %.6f from the "
                                + "first start, %.6f from %s; the higher is reported",
                        distance,
                        first.logLikelihood(),
                        second.logLikelihood(),
                        start)));
    }

    /** Between the two ends, in standard errors a parameter, by the information at the first. */
    private double distance() {
        Vector apart = second.parameters().joint().minus(first.parameters().joint());
        return Math.sqrt(Math.max(0, first.information().quadraticForm(apart)) / apart.size());
    }

    static TimedFit of(TimedFit first, TimedFit second, FitStart start) {
        SecondStart both = new SecondStart(first.fit(), second.fit(), start);
        Fit better = both.better();
        List<Diagnostic> all = new ArrayList<>(better.diagnostics());
        all.addAll(both.remarks());
        return new TimedFit(better, first.seconds() + second.seconds(), all);
    }
}
