package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
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
 * @param aliasing        parameters that the judgments do not tell apart from others: they stay 0
 */
record Problem(Standardisation standardisation, double ridge, Precision precision, Aliasing aliasing) {
    /**
     * The coordinates that suit: a {@link Chart}, where only the likelihood counts, which knows θ and (ψ₀, γ) up to a factor;
     * linear ones, where a prior tells the parameters themselves apart.
     */
    Coordinates around(Parameters point) {
        return ridge > 0 ? new LinearCoordinates(point, standardisation) : Chart.around(point, standardisation);
    }

    /** What an answer says, the prior included. */
    Evaluation evaluate(Step.Ask asked, Answer answer) {
        Answer known = SetAside.masked(asked.question().point(), answer, aliasing);
        return new Evaluation(this, asked.round(), asked.question(), Ridge.penalised(asked.question(), known, ridge));
    }

    /**
     * A fit that has ended gets the sums of the judgments alone, says what was set aside, and if a prior had to fill in.
     *
     * @param answer to the last question
     */
    Step finish(Step step, Answer answer, FitConfig config) {
        if (!(step instanceof Step.Done done)) {
            return step;
        }
        if (!aliasing.isNone()) {
            return new Step.Done(SetAside.told(done.fit(), answer, aliasing));
        }
        if (ridge == 0) {
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
