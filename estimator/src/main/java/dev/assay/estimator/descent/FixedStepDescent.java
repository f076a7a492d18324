package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
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

    /** What is carried along: passes made, times the loss rose, ℓ before, and length of the gradient at half the passes. */
    private record Progress(int passes, int rises, double logLikelihood, double halfway) {
        static Progress of(Vector memory) {
            return new Progress((int) memory.get(0), (int) memory.get(1), memory.get(2), memory.get(3));
        }

        Vector memory() {
            return Vector.of(passes, rises, logLikelihood, halfway);
        }
    }

    @Override
    public Step advance(RoundOrder asked, ShardSum answer) {
        if (asked.state().phase() == DescentPhase.MOMENTS) {
            return AlternatingDescent.newton(config).advance(asked, answer, FixedStepDescent::start);
        }
        return afterPass(asked, Ridge.penalised(asked, answer, asked.state().ridge()));
    }

    private static RoundOrder start(RoundOrder newtonStart) {
        // A vector holds no infinity; the first pass overwrites this.
        Progress none = new Progress(0, 0, -Double.MAX_VALUE, 0);
        DescentState state = newtonStart.state();
        return newtonStart.asking(
                Wanted.GRADIENT.with(state.precision()),
                state.remembering(DescentPhase.GRADIENT, List.of(none.memory())));
    }

    private Step afterPass(RoundOrder asked, ShardSum answer) {
        Progress before = Progress.of(asked.state().memory().get(0));
        boolean rose = answer.logLikelihood() < before.logLikelihood() - LineSearch.rounding(asked, answer);
        int passes = before.passes() + 1;
        double length = answer.score().length() / answer.weight();
        Progress now = new Progress(
                passes,
                before.rises() + (rose ? 1 : 0),
                answer.logLikelihood(),
                passes == Math.max(1, iterations) ? length : before.halfway());
        if (asked.wanted().clusters()) {
            return ended(asked, answer, now, length);
        }
        Parameters point = asked.point();
        int d = point.reward().size();
        boolean reward = before.passes() % 2 == 0;
        double[] moved = point.joint().toArray();
        for (int i = reward ? 0 : d; i < (reward ? d : point.dimension()); i++) {
            moved[i] += (reward ? rewardStep : rationalityStep)
                    / answer.weight()
                    * answer.score().get(i);
            if (!(Math.abs(moved[i]) <= FARTHEST)) {
                return Step.ask(asked.next(
                        point,
                        List.of(),
                        Wanted.STATISTICS_AND_CLUSTERS,
                        asked.state().remembering(DescentPhase.GRADIENT, List.of(now.memory()))));
            }
        }
        boolean last = passes == 2 * iterations;
        return Step.ask(asked.next(
                Parameters.of(moved, d),
                List.of(),
                last
                        ? Wanted.STATISTICS_AND_CLUSTERS
                        : Wanted.GRADIENT.with(asked.state().precision()),
                asked.state().remembering(DescentPhase.GRADIENT, List.of(now.memory()))));
    }

    private Step ended(RoundOrder asked, ShardSum answer, Progress progress, double length) {
        LocalModel model = Coordinates.around(asked.point(), asked.state()).localModel(answer);
        double decrement = Direction.joint(model)
                .map(Direction::gain)
                .orElseGet(() -> Direction.damped(model, DescentState.FIRST_DAMPING, answer.weight())
                        .gain());
        int p = asked.point().dimension();
        boolean converged = decrement <= p * config.tolerance() * config.tolerance();
        Step step = converged
                ? Ending.stationary(asked, answer, decrement, true, false)
                : Ending.notConverged(asked, answer, decrement);
        List<Diagnostic> more = new ArrayList<>();
        if (progress.rises() > 0) {
            more.add(new Diagnostic(
                    "rising-loss",
                    progress.rises(),
                    "the loss rose in so many of " + progress.passes() + " passes: the steps are too long"));
        }
        double rate = Math.log(progress.halfway() / length) / Math.max(1, progress.passes() - iterations);
        if (!converged && progress.rises() == 0 && rate > LEAST_RATE) {
            double left = Math.log(Math.sqrt(decrement / p) / config.tolerance()) / rate;
            more.add(new Diagnostic(
                    "slow-steps",
                    left,
                    String.format(
                            Locale.ROOT,
                            "at the rate of the last passes the maximum is %.1e more passes away; the steps are too short",
                            left)));
        }
        Fit fit = ((Step.Done) Ridge.unpenalised(step, asked.state().ridge())).fit();
        return Step.done(fit.withDiagnostics(more));
    }
}
