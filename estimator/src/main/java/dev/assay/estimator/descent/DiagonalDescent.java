package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import java.util.Optional;

/** Steps along the score, each entry by its own curvature, until a Newton round takes over: MODEL §6. */
public final class DiagonalDescent implements Descent {
    private static final double NEAR = 0.1; // decrement per parameter from which Newton is better
    private static final int LEFT_TO_NEWTON = 20; // rounds

    /** @param expectedGain gᵀΔ of the step to the point asked, in nats; 0 at the start */
    record State(Problem problem, Accepted accepted, double expectedGain) implements Method.State {}

    private final FitConfig config;
    private final AlternatingDescent newton;

    public DiagonalDescent(FitConfig config) {
        this.config = config;
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step.Ask begin(Start start) {
        return Opening.begin(start);
    }

    private static Step.Ask first(int round, Problem problem, Parameters start, Answer moments) {
        return new Step.Ask(
                round,
                new Question(start, Wanted.STATISTICS.with(problem.precision())),
                new State(problem, Accepted.none(moments.count(), moments.weight()), 0));
    }

    @Override
    public Step advance(Step.Ask asked, Answer answer) {
        if (asked.state() instanceof Opening opening) {
            return opening.advance(asked, answer, config, DiagonalDescent::first);
        }
        if (!(asked.state() instanceof State state)) {
            return newton.advance(asked, answer);
        }
        Evaluation at = state.problem().evaluate(asked, answer);
        if (!at.hasWeight()) {
            return state.problem().finish(Ending.withoutJudgments(at), config);
        }
        if (at.separates() || at.round() + LEFT_TO_NEWTON >= config.maxRounds()) {
            return AlternatingDescent.verify(at, state.accepted(), config);
        }
        if (state.expectedGain() > 0 && !LineSearch.accepts(at, state.expectedGain())) {
            Optional<LineSearch.Shorter> shorter = LineSearch.shorter(at, state.expectedGain());
            return shorter.isPresent()
                    ? step(
                            at,
                            LineSearch.base(at),
                            shorter.get().point(),
                            state,
                            shorter.get().expectedGain())
                    : AlternatingDescent.verify(at, state.accepted(), config);
        }
        Coordinates chart = state.problem().around(at.point());
        LocalModel model = chart.localModel(at.statistics());
        double[] entries = model.score().toArray();
        for (int i = 0; i < entries.length; i++) {
            double curvature = model.information().get(i, i);
            entries[i] = curvature > 0 ? entries[i] / curvature : 0;
        }
        Vector along = Vector.of(entries);
        double gain = model.score().dot(along);
        Accepted accepted = Accepted.at(at, gain, 0, 0, 0);
        return gain <= at.dimension() * NEAR * NEAR
                ? AlternatingDescent.verify(at, accepted, config)
                : step(
                        at,
                        at.point(),
                        LineSearch.candidate(chart, along),
                        new State(state.problem(), accepted, gain),
                        gain);
    }

    private static Step step(Evaluation at, Parameters from, Parameters to, State state, double gain) {
        return at.ask(
                to,
                LineSearch.trials(state.problem().around(from), to),
                Wanted.STATISTICS,
                new State(state.problem(), state.accepted(), gain));
    }
}
