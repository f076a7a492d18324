package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limited-memory BFGS in standardised coordinates, which asks for gradients only. It ends by asking for the statistics at its
 * point, where a Newton descent takes over: that verifies the maximum, or goes on to it.
 *
 * <p>The first guess of the curvature is that of a standardised likelihood, or, for a fit that resumes another, the observed
 * information at the maximum of that one: the new judgments change it by little, and three or four gradients do.
 */
final class QuasiNewton {
    private static final int PAIRS = 20;
    private static final double ARMIJO = 1e-4;
    private static final double LEAST_CURVATURE = 1e-12; // of a pair, as a cosine
    private static final double LONGEST = 5; // steps, as in Direction
    private static final double MEAN_VARIANCE = 0.15; // π(1−π), where nothing is known
    private static final double EXACT_FROM = 1e-4; // decrement per parameter; float32 sums are good for 1e-7
    private static final double SHORTEST = 1e-10; // of a step that may still be shortened, relative to its point
    private static final double ON_TRUST = 0; // the gain expected of a step that nothing can be compared with
    private static final int LEFT_TO_NEWTON = 20; // rounds
    // The memory: the anchor of the coordinates, the first curvature, the last accepted point and its gradient, pairs.
    private static final int ANCHOR = 0;
    private static final int CURVATURE = 1;
    private static final int POINT = 2;
    private static final int GRADIENT = 3;
    private static final int FIRST_PAIR = 4;

    private QuasiNewton() {}

    /** From a start that the moments gave. */
    static RoundOrder start(RoundOrder newtonStart) {
        List<Vector> memory = List.of(newtonStart.point().joint(), Vector.zeros(0));
        return newtonStart.asking(
                Wanted.GRADIENT.with(newtonStart.state().precision()),
                newtonStart.state().remembering(DescentPhase.GRADIENT, memory));
    }

    /** From the maximum of an earlier fit; empty where its information is singular. */
    static Optional<RoundOrder> resume(String rerunId, Fit before, FitConfig config) {
        return Standardisation.ofInformation(before).map(standardisation -> {
            DescentState state = DescentState.first(true).started(standardisation, config.ridge(), before.statistics());
            LocalModel model = Coordinates.around(before.parameters(), state).localModel(before.statistics());
            Vector curvature = model.observed().times(1 / before.weight()).packedVector();
            return new RoundOrder(
                    rerunId,
                    0,
                    before.parameters(),
                    List.of(),
                    Wanted.GRADIENT,
                    state.remembering(
                            DescentPhase.GRADIENT, List.of(before.parameters().joint(), curvature)));
        });
    }

    /** @param answer with the penalty, if there is one */
    static Step advance(RoundOrder asked, ShardSum answer, FitConfig config) {
        DescentState state = asked.state();
        List<Vector> memory = state.memory();
        int d = asked.point().reward().size();
        Coordinates coordinates = Coordinates.around(Parameters.of(memory.get(ANCHOR), d), state);
        Vector point = coordinates.coordinates(asked.point());
        Vector gradient = coordinates.score(asked.point(), answer.score()).times(1 / answer.weight());
        if (asked.round() + LEFT_TO_NEWTON >= config.maxRounds()) {
            return verify(asked, config);
        }
        List<Vector> next = new ArrayList<>(memory.subList(0, POINT));
        next.add(point);
        next.add(gradient);
        if (memory.size() > POINT) {
            Vector before = memory.get(POINT);
            Vector step = point.minus(before);
            if (falls(asked, answer)) {
                return shorter(asked, answer, config, coordinates, before, step);
            }
            next.addAll(memory.subList(FIRST_PAIR, memory.size()));
            remember(next, step, memory.get(GRADIENT).minus(gradient));
        }
        Vector direction = direction(next, coordinates);
        double decrement = answer.weight() * direction.dot(gradient);
        int p = point.size();
        if (!(decrement > p * config.tolerance() * config.tolerance() / 4)) {
            return verify(asked, config);
        }
        double longest = LONGEST * (1 + point.length());
        Vector step = direction.times(Math.min(1, longest / direction.length()));
        Precision needed = decrement <= p * EXACT_FROM * EXACT_FROM ? Precision.SCORE : Precision.FAST;
        Precision precision = asked.wanted().precision().atLeast(needed);
        boolean comparable = precision == asked.wanted().precision();
        return ask(
                asked,
                LineSearch.candidate(coordinates, point, step),
                precision,
                state.accepted(answer, decrement, 0, 0, 0)
                        .remembering(DescentPhase.GRADIENT, next)
                        .expecting(comparable ? answer.weight() * step.dot(gradient) : ON_TRUST));
    }

    // Judgments that came or went, or sums of another precision, make two log-likelihoods incomparable.
    private static boolean falls(RoundOrder asked, ShardSum answer) {
        DescentState state = asked.state();
        if (state.expectedGain() == ON_TRUST) {
            return false;
        }
        double least = state.logLikelihood() + ARMIJO * state.expectedGain() - LineSearch.rounding(asked, answer);
        return answer.count() == state.count() && answer.weight() == state.weight() && answer.logLikelihood() < least;
    }

    /** To the top of the parabola through the last point, its slope, and this point. */
    private static Step shorter(
            RoundOrder asked, ShardSum answer, FitConfig config, Coordinates coordinates, Vector before, Vector step) {
        DescentState state = asked.state();
        if (step.length() <= SHORTEST * (1 + before.length())) {
            return verify(asked, config);
        }
        double gained = answer.logLikelihood() - state.logLikelihood();
        double top = state.expectedGain() / (2 * (state.expectedGain() - gained));
        double fraction = Math.max(0.1, Math.min(0.5, top));
        return ask(
                asked,
                LineSearch.candidate(coordinates, before, step.times(fraction)),
                asked.wanted().precision(),
                state.expecting(fraction * state.expectedGain()));
    }

    private static Step ask(RoundOrder asked, Parameters point, Precision precision, DescentState state) {
        return Step.ask(asked.next(point, List.of(), Wanted.GRADIENT.with(precision), state));
    }

    /** Hands over to the Newton descent, at the same point. */
    static Step verify(RoundOrder asked, FitConfig config) {
        return Step.ask(asked.next(
                asked.point(),
                List.of(),
                config.last().with(asked.state().precision()),
                asked.state().remembering(DescentPhase.START, List.of())));
    }

    private static void remember(List<Vector> memory, Vector step, Vector change) {
        if (step.dot(change) > LEAST_CURVATURE * step.length() * change.length()) {
            memory.add(step);
            memory.add(change);
            if (memory.size() > FIRST_PAIR + 2 * PAIRS) {
                memory.subList(FIRST_PAIR, FIRST_PAIR + 2).clear();
            }
        }
    }

    /** The two-loop recursion of Nocedal (1980): H⁻¹ times the gradient, per unit of weight. */
    private static Vector direction(List<Vector> memory, Coordinates coordinates) {
        Vector direction = memory.get(GRADIENT);
        int pairs = (memory.size() - FIRST_PAIR) / 2;
        double[] shares = new double[pairs];
        for (int i = pairs - 1; i >= 0; i--) {
            Vector step = memory.get(FIRST_PAIR + 2 * i);
            Vector change = memory.get(FIRST_PAIR + 2 * i + 1);
            shares[i] = step.dot(direction) / step.dot(change);
            direction = direction.minus(change.times(shares[i]));
        }
        direction = firstGuess(memory, coordinates, direction);
        for (int i = 0; i < pairs; i++) {
            Vector step = memory.get(FIRST_PAIR + 2 * i);
            Vector change = memory.get(FIRST_PAIR + 2 * i + 1);
            direction = direction.plus(step.times(shares[i] - change.dot(direction) / step.dot(change)));
        }
        return direction;
    }

    private static Vector firstGuess(List<Vector> memory, Coordinates coordinates, Vector direction) {
        Vector curvature = memory.get(CURVATURE);
        if (curvature.size() > 0) {
            Optional<Cholesky> factor = Cholesky.of(PackedSymmetric.of(direction.size(), curvature));
            if (factor.isPresent()) {
                return factor.get().solve(direction);
            }
        }
        Vector guess = standardised(coordinates, direction);
        if (memory.size() == FIRST_PAIR) {
            return guess.times(1 / MEAN_VARIANCE);
        }
        Vector step = memory.get(memory.size() - 2);
        Vector change = memory.get(memory.size() - 1);
        return guess.times(step.dot(change) / change.dot(standardised(coordinates, change)));
    }

    /** Where z and ψ have second moment 1, the curvature in γ is |θ|² times that in θ. */
    private static Vector standardised(Coordinates coordinates, Vector direction) {
        int d = coordinates.point().reward().size();
        Vector reward = coordinates.origin().slice(0, d);
        double square = reward.dot(reward);
        return direction.slice(0, d).concat(direction.slice(d, direction.size()).times(1 / Math.max(square, 1e-2)));
    }
}
