package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Wanted;
import java.util.List;

/**
 * The numbers of one round: a question, and its answer with the problem's prior in it. Methods read these, and ask again.
 *
 * @param round    of the question, from 0
 * @param question to the shards
 * @param answer   penalised
 */
record Evaluation(Problem problem, int round, Question question, Answer answer) {
    private static final double ROUNDING = 1e-12;
    // Margins of float32 sums are off by some 1e-7 each, this way or that.
    private static final double FLOAT_ROUNDING = 1e-6; // times √Σw

    Parameters point() {
        return question.point();
    }

    int dimension() {
        return question.point().dimension();
    }

    Precision precision() {
        return question.wanted().precision();
    }

    double weight() {
        return answer.weight();
    }

    Statistics statistics() {
        return answer.statistics();
    }

    double logLikelihood() {
        return answer.statistics().logLikelihood();
    }

    double trial(int index) {
        return answer.trials().logLikelihood(index);
    }

    /** Whether some judgments count at all; they may all have left. */
    boolean hasWeight() {
        return answer.weight() > 0;
    }

    /** Whether all judgments are predicted right here, which proves that there is no maximum. */
    boolean separates() {
        return statistics().minimumSignedMargin() > 0;
    }

    /** By how much two log-likelihoods may differ for no other reason than rounding, in nats. */
    double rounding() {
        // ℓ is at most some nats per judgment at any point a descent visits twice.
        return ROUNDING * (Math.abs(logLikelihood()) + weight())
                + (precision() != Precision.FAST ? 0 : FLOAT_ROUNDING * Math.sqrt(weight()));
    }

    /** Whether a decrement λ² is as small as is asked for: MODEL (9). */
    boolean converged(double decrement, FitConfig config) {
        return decrement <= dimension() * config.tolerance() * config.tolerance();
    }

    boolean lastRound(FitConfig config) {
        return round + 1 >= config.maxRounds();
    }

    Step.Ask ask(Parameters next, Wanted wanted, Method.State state) {
        return ask(next, List.of(), wanted, state);
    }

    /** The next round; never less exact than the problem needs. */
    Step.Ask ask(Parameters next, List<Parameters> trials, Wanted wanted, Method.State state) {
        return new Step.Ask(round + 1, new Question(next, trials, wanted.with(problem.precision())), state);
    }
}
