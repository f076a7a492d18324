package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.List;

/**
 * The paper's Algorithm 1, MODEL (10), with steps that need no tuning: θ and γ in turns, each along its gradient at the newest
 * point, in standardised coordinates, with the step lengths of Barzilai and Borwein (1988) for each block. The curvature a
 * block shows over its own last step is that of the block alone, as the other stood still. A Newton round at the end verifies.
 */
public final class GradientDescent implements Descent {
    private static final double MEAN_VARIANCE = 0.15; // π(1−π), where nothing is known
    private static final double SHORTENING = 0.25;
    private static final int MEMORY = 6; // log-likelihoods; a step must not fall below the least of them
    private static final double EXACT_FROM = 1e-4; // decrement per parameter; float32 sums are good for 1e-7
    private static final Vector NOT_COMPARABLE = Vector.zeros(0); // log-likelihoods of another precision
    private static final int LEFT_TO_NEWTON = 20; // rounds
    // The memory: the anchor of the coordinates; whose turn it was and the lengths for θ and γ; the last accepted point
    // and
    // its gradient; log-likelihoods of the last accepted points.
    private static final int ANCHOR = 0;
    private static final int TURN = 1;
    private static final int POINT = 2;
    private static final int GRADIENT = 3;
    private static final int RECENT = 4;

    private final FitConfig config;
    private final AlternatingDescent newton;

    public GradientDescent(FitConfig config) {
        this.config = config;
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step advance(RoundOrder asked, ShardSum answer) {
        if (asked.state().phase() != DescentPhase.GRADIENT) {
            return newton.advance(asked, answer, GradientDescent::start);
        }
        boolean separated = answer.minimumSignedMargin() > 0 && asked.state().ridge() == 0;
        if (separated || !(answer.weight() > 0) || asked.round() + LEFT_TO_NEWTON >= config.maxRounds()) {
            return QuasiNewton.verify(asked, config);
        }
        return next(asked, Ridge.penalised(asked, answer, asked.state().ridge()));
    }

    private static RoundOrder start(RoundOrder newtonStart) {
        DescentState state = newtonStart.state();
        double square = Math.max(
                1e-2,
                Coordinates.around(newtonStart.point(), state)
                        .origin()
                        .slice(0, newtonStart.point().reward().size())
                        .length());
        Vector turn = Vector.of(1, 1 / MEAN_VARIANCE, 1 / MEAN_VARIANCE / square / square);
        return newtonStart.asking(
                Wanted.GRADIENT.with(state.precision()),
                state.remembering(
                        DescentPhase.GRADIENT, List.of(newtonStart.point().joint(), turn)));
    }

    private Step next(RoundOrder asked, ShardSum answer) {
        List<Vector> memory = asked.state().memory();
        int d = asked.point().reward().size();
        int p = asked.point().dimension();
        Coordinates coordinates = Coordinates.around(Parameters.of(memory.get(ANCHOR), d), asked.state());
        Vector point = coordinates.coordinates(asked.point());
        Vector gradient = coordinates.score(asked.point(), answer.score()).times(1 / answer.weight());
        double[] turn = memory.get(TURN).toArray(); // 0 if θ moved last, 1 if γ did or nothing yet
        boolean reward = turn[0] == 0;
        int from = reward ? 0 : d;
        int to = reward ? d : p;
        Vector recent = Vector.of(answer.logLikelihood());
        if (memory.size() > POINT) {
            Vector step = point.minus(memory.get(POINT)).slice(from, to);
            if (answer.logLikelihood() < least(memory.get(RECENT)) - LineSearch.rounding(asked, answer)) {
                turn[reward ? 1 : 2] *= SHORTENING;
                return ask(asked, coordinates, memory.get(POINT), memory.get(GRADIENT), turn, memory.get(RECENT));
            }
            Vector change = memory.get(GRADIENT).minus(gradient).slice(from, to);
            double curvature = step.dot(change);
            if (curvature > 0) {
                turn[reward ? 1 : 2] = step.dot(step) / curvature;
            }
            Vector before = memory.get(RECENT);
            recent = recent.concat(before.slice(0, Math.min(before.size(), MEMORY - 1)));
        }
        double decrement = answer.weight()
                * (turn[1] * gradient.slice(0, d).dot(gradient.slice(0, d))
                        + turn[2] * gradient.slice(d, p).dot(gradient.slice(d, p)));
        if (!(decrement > p * config.tolerance() * config.tolerance() / 4)) {
            return QuasiNewton.verify(asked, config);
        }
        turn[0] = d == p ? 0 : 1 - turn[0];
        Precision needed = decrement <= p * EXACT_FROM * EXACT_FROM ? Precision.SCORE : Precision.FAST;
        boolean comparable =
                asked.wanted().precision().atLeast(needed) == asked.wanted().precision();
        RoundOrder exactEnough = asked.asking(asked.wanted().with(needed), asked.state());
        return ask(exactEnough, coordinates, point, gradient, turn, comparable ? recent : NOT_COMPARABLE);
    }

    private static Step ask(
            RoundOrder asked, Coordinates coordinates, Vector point, Vector gradient, double[] turn, Vector recent) {
        int d = asked.point().reward().size();
        boolean reward = turn[0] == 0;
        int p = point.size();
        Vector step = reward
                ? gradient.slice(0, d).times(turn[1]).concat(Vector.zeros(p - d))
                : Vector.zeros(d).concat(gradient.slice(d, p).times(turn[2]));
        List<Vector> memory = List.of(asked.state().memory().get(ANCHOR), Vector.of(turn), point, gradient, recent);
        return Step.ask(asked.next(
                LineSearch.candidate(coordinates, point, step),
                List.of(),
                asked.wanted(),
                asked.state().remembering(DescentPhase.GRADIENT, memory)));
    }

    private static double least(Vector values) {
        double least = values.size() == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (int i = 0; i < values.size(); i++) {
            least = Math.min(least, values.get(i));
        }
        return least;
    }
}
