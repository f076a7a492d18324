package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The paper's Algorithm 1 as printed, MODEL (10): θ ← θ + η₁ ∇_θ ℓ/n, then γ ← γ + η₂ ∇_γ ℓ/n at the new θ, in the
 * features' own units, so many times. For comparison: nothing adapts. It says when the loss rose and how many passes the way
 * to the maximum would take at the rate it went.
 */
public final class FixedStepDescent implements Descent {
    /** η as printed in the paper. */
    public static final double AS_PRINTED = 5e-5;

    private static final double LEAST_RATE = 1e-12;
    private static final double FARTHEST = 1e8; // of a parameter: whoever gets there will not come back

    private final FitConfig config;
    private final double rewardStep;
    private final double rationalityStep;
    private final int iterations;

    /**
     * @param rewardStep      η₁, above 0
     * @param rationalityStep η₂, above 0
     * @param iterations      updates of both blocks, two passes each; at least 1
     */
    public FixedStepDescent(FitConfig config, double rewardStep, double rationalityStep, int iterations) {
        Require.that(rewardStep > 0 && Double.isFinite(rewardStep), "η₁ must be above 0 and finite: %s", rewardStep);
        Require.that(
                rationalityStep > 0 && Double.isFinite(rationalityStep),
                "η₂ must be above 0 and finite: %s",
                rationalityStep);
        Require.that(iterations >= 1, "iterations must be at least 1, were %s", iterations);
        this.config = config;
        this.rewardStep = rewardStep;
        this.rationalityStep = rationalityStep;
        this.iterations = iterations;
    }

    /**
     * What is carried along.
     *
     * @param passes        made
     * @param rises         times the loss rose
     * @param logLikelihood before
     * @param halfway       length of the gradient at half the passes
     */
    record State(Problem problem, int passes, int rises, double logLikelihood, double halfway)
            implements Method.State {}

    @Override
    public Step.Ask begin(Start start) {
        return Opening.begin(start);
    }

    private static Step.Ask first(int round, Problem problem, Parameters start, Answer moments) {
        // Nothing rises above the first; a state holds no infinity.
        return new Step.Ask(
                round,
                new Question(start, Wanted.GRADIENT.with(problem.precision())),
                new State(problem, 0, 0, -Double.MAX_VALUE, 0));
    }

    @Override
    public Step advance(Step.Ask asked, Answer answer) {
        if (asked.state() instanceof Opening opening) {
            return opening.advance(asked, answer, config, FixedStepDescent::first);
        }
        State before = (State) asked.state();
        Evaluation at = before.problem().evaluate(asked, answer);
        boolean rose = at.logLikelihood() < before.logLikelihood() - at.rounding();
        int passes = before.passes() + 1;
        double length = at.statistics().score().length() / at.weight();
        State now = new State(
                before.problem(),
                passes,
                before.rises() + (rose ? 1 : 0),
                at.logLikelihood(),
                passes == Math.max(1, iterations) ? length : before.halfway());
        if (asked.question().wanted().clusters()) {
            return before.problem().finish(ended(at, now, length), answer, config);
        }
        Parameters point = at.point();
        int d = point.reward().size();
        boolean reward = before.passes() % 2 == 0;
        double[] moved = point.joint().toArray();
        for (int i = reward ? 0 : d; i < (reward ? d : point.dimension()); i++) {
            moved[i] += (reward ? rewardStep : rationalityStep)
                    / at.weight()
                    * at.statistics().score().get(i);
            if (!(Math.abs(moved[i]) <= FARTHEST)) {
                return at.ask(point, Wanted.STATISTICS_AND_CLUSTERS, now);
            }
        }
        boolean last = passes == 2 * iterations;
        return at.ask(Parameters.of(moved, d), last ? Wanted.STATISTICS_AND_CLUSTERS : Wanted.GRADIENT, now);
    }

    private Step ended(Evaluation at, State progress, double length) {
        LocalModel model = at.problem().around(at.point()).localModel(at.statistics());
        double decrement = Direction.joint(model)
                .map(Direction::gain)
                .orElseGet(() -> Direction.damped(model, Direction.FIRST_DAMPING, at.weight())
                        .gain());
        boolean converged = at.converged(decrement, config);
        Step.Done ended =
                converged ? Ending.stationary(at, decrement, true, false) : Ending.notConverged(at, decrement);
        List<Diagnostic> more = new ArrayList<>();
        if (progress.rises() > 0) {
            more.add(new Diagnostic(
                    "rising-loss",
                    progress.rises(),
                    "the loss rose in so many of " + progress.passes() + " passes: the steps are too long"));
        }
        double rate = Math.log(progress.halfway() / length) / Math.max(1, progress.passes() - iterations);
        if (!converged && progress.rises() == 0 && rate > LEAST_RATE) {
            double left = Math.log(Math.sqrt(decrement / at.dimension()) / config.tolerance()) / rate;
            more.add(new Diagnostic(
                    "slow-steps",
                    left,
                    String.format(
                            Locale.ROOT,
                            "at the rate of the last passes the maximum is %.1e more passes away; the steps are too short",
                            left)));
        }
        return new Step.Done(ended.fit().withDiagnostics(more));
    }
}
