package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Shard;
import java.util.List;

/** A fit from another start, to see whether it ends at the same maximum: MODEL §1. */
public final class SecondStart {
    private static final double SAME = 1e-3; // standard errors per parameter; two fits are 1e-7 from theirs each

    private SecondStart() {}

    /** The start with the sign of everything turned, which suits a population that is mostly adversarial. */
    public static Parameters opposite(Fit fit) {
        return OppositeSign.of(fit.parameters());
    }

    /**
     * Fits again from the other start. Returns the fit with the higher likelihood, with a diagnostic that tells the distance
     * of the two in standard errors per parameter: {@code second-start-agrees} or {@code second-start-disagrees}.
     *
     * @param first a converged fit; any other is returned as it is
     */
    public static Fit checked(Fit first, Descent descent, Parameters start, List<? extends Shard> shards) {
        if (!first.converged()) {
            return first;
        }
        Fit second = descent.fit(Start.warm(start), shards);
        Fit better = second.converged() && second.logLikelihood() > first.logLikelihood() ? second : first;
        if (!second.converged()) {
            return first.withDiagnostics(List.of(new Diagnostic(
                    "second-start-ends-nowhere",
                    second.rounds(),
                    "from another start there is no maximum after so many rounds: "
                            + second.status()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '))));
        }
        double distance = distance(first, second);
        boolean same = distance <= SAME;
        return better.withDiagnostics(List.of(new Diagnostic(
                same ? "second-start-agrees" : "second-start-disagrees",
                distance,
                same
                        ? "a fit from another start ends so many standard errors from this one"
                        : "a fit from another start ends so many standard errors away, at log-likelihood "
                                + (better.equals(first) ? second : first).logLikelihood()
                                + ": the better of the two is reported")));
    }

    private static double distance(Fit first, Fit second) {
        Vector step = second.parameters().joint().minus(first.parameters().joint());
        return Cholesky.of(first.information())
                .map(ignored -> Math.sqrt(first.information().quadraticForm(step)
                        / first.parameters().dimension()))
                .orElse(step.length());
    }
}
