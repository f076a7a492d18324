package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Answer;
import java.util.List;

/**
 * What a descent maximises and in which coordinates, whatever its method.
 *
 * @param standardisation coordinates of the steps
 * @param ridge           r of the penalty in force: MODEL (18c); 0 for none
 * @param precision       what the judgments need to step by
 */
record Problem(Standardisation standardisation, double ridge, Precision precision) {
    /**
     * The coordinates that suit: a {@link Chart}, where only the likelihood counts, which knows θ and (ψ₀, γ) up to a factor;
     * linear ones, where a prior tells the parameters themselves apart.
     */
    Coordinates around(Parameters point) {
        return ridge > 0 ? new LinearCoordinates(point, standardisation) : Chart.around(point, standardisation);
    }

    /** What an answer says, the prior included. */
    Evaluation evaluate(Step.Ask asked, Answer answer) {
        return new Evaluation(this, asked.round(), asked.question(), Ridge.penalised(asked.question(), answer, ridge));
    }

    /** A fit that has ended gets the log-likelihood of the judgments alone, and says if a prior had to fill in. */
    Step finish(Step step, FitConfig config) {
        if (ridge == 0 || !(step instanceof Step.Done done)) {
            return step;
        }
        Fit fit = Ridge.unpenalised(done.fit(), ridge);
        return new Step.Done(
                ridge > config.ridge()
                        ? fit.withDiagnostics(
                                List.of(
                                        new Diagnostic(
                                                "weak-prior",
                                                ridge,
                                                "the judgments alone do not determine all parameters yet: a ridge of this ratio fills in")))
                        : fit);
    }
}
