package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS in standardised coordinates, which asks for gradients only: for p above 150, MODEL §6. It ends by asking
 * for the statistics at its point, where a Newton descent takes over: that verifies the maximum, or goes on to it.
 *
 * <p>The first guess of the curvature is that of a standardised likelihood, or, for a fit that resumes another, the observed
 * information at the maximum of that one: the new judgments change it by little, and three or four gradients do.
 */
public final class LbfgsDescent implements Descent {
    private static final int PAIRS = 20;
    private static final double ARMIJO = 1e-4;
    private static final double LEAST_CURVATURE = 1e-12; // of a pair, as a cosine
    private static final double LONGEST = 5; // steps, as in Direction
    private static final double MEAN_VARIANCE = 0.15; // π(1−π), where nothing is known
    private static final double EXACT_FROM = 1e-4; // decrement per parameter; float32 sums are good for 1e-7
    private static final double SHORTEST = 1e-10; // of a step that may still be shortened, relative to its point
    private static final double ON_TRUST = 0; // the gain expected of a step that nothing can be compared with
    private static final int LEFT_TO_NEWTON = 20; // rounds

    /** A point in the coordinates, and the gradient there per unit of weight. */
    record Place(Vector point, Vector gradient) {}

    /** A step, and by how much the gradient fell along it. */
    record Pair(Vector step, Vector change) {
        double curvature() {
            return step.dot(change);
        }
    }

    /**
     * @param anchor       where the coordinates are anchored
     * @param curvature    the first guess, packed; size 0 without one
     * @param accepted     at the last accepted point
     * @param expectedGain gᵀΔ of the step to the point asked, in nats; 0 if nothing can be compared with it
     * @param last         the last accepted point; null before the first
     * @param pairs        of the newest steps, the newest last
     */
    record State(
            Problem problem,
            Parameters anchor,
            Vector curvature,
            Accepted accepted,
            double expectedGain,
            @Nullable Place last,
            List<Pair> pairs)
            implements Method.State {
        State expecting(double gain) {
            return new State(problem, anchor, curvature, accepted, gain, last, pairs);
        }

        State at(Place place, List<Pair> newPairs, Accepted point, double gain) {
            return new State(problem, anchor, curvature, point, gain, place, newPairs);
        }
    }

    private final FitConfig config;
    private final AlternatingDescent newton;

    public LbfgsDescent(FitConfig config) {
        this.config = config;
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step.Ask begin(Start start) {
        return start instanceof Start.Resumed resumed
                ? resume(resumed.before()).orElseGet(() -> Opening.begin(start))
                : Opening.begin(start);
    }

    /** From the maximum of an earlier fit; empty where its information is singular. */
    private Optional<Step.Ask> resume(Fit before) {
        return Standardisation.ofInformation(before).map(standardisation -> {
            Problem problem = new Problem(
                    standardisation,
                    config.ridge(),
                    Precision.FAST,
                    Aliasing.none(before.parameters().dimension()));
            LocalModel model = problem.around(before.parameters()).localModel(before.statistics());
            Vector curvature = model.observed().times(1 / before.weight()).packedVector();
            return first(0, problem, before.parameters(), curvature, before.answer());
        });
    }

    private static Step.Ask first(int round, Problem problem, Parameters start, Vector curvature, Answer before) {
        Accepted none = Accepted.none(before.count(), before.weight());
        return new Step.Ask(
                round,
                new Question(start, Wanted.GRADIENT.with(problem.precision())),
                new State(problem, start, curvature, none, ON_TRUST, null, List.of()));
    }

    @Override
    public Step advance(Step.Ask asked, Answer answer) {
        if (asked.state() instanceof Opening opening) {
            return opening.advance(
                    asked,
                    answer,
                    config,
                    (round, problem, start, moments) -> first(round, problem, start, Vector.zeros(0), moments));
        }
        if (!(asked.state() instanceof State state)) {
            return newton.advance(asked, answer);
        }
        Evaluation at = state.problem().evaluate(asked, answer);
        if (!at.hasWeight()) {
            return state.problem().finish(Ending.withoutJudgments(at), answer, config);
        }
        if (at.separates() || at.round() + LEFT_TO_NEWTON >= config.maxRounds()) {
            return AlternatingDescent.verify(at, state.accepted(), config);
        }
        Coordinates coordinates = state.problem().around(state.anchor());
        Place here = new Place(
                coordinates.coordinates(at.point()),
                coordinates.score(at.point(), at.statistics().score()).times(1 / at.weight()));
        List<Pair> pairs = state.pairs();
        if (state.last() != null) {
            Vector step = here.point().minus(state.last().point());
            if (falls(at, state)) {
                return shorten(at, state, coordinates, state.last().point(), step);
            }
            pairs = with(new Pair(step, state.last().gradient().minus(here.gradient())), pairs);
        }
        Vector direction = direction(here.gradient(), pairs, state.curvature(), coordinates);
        double decrement = at.weight() * direction.dot(here.gradient());
        int p = at.dimension();
        if (!(decrement > p * config.tolerance() * config.tolerance() / 4)) {
            return AlternatingDescent.verify(at, state.accepted(), config);
        }
        double longest = LONGEST * (1 + here.point().length());
        Vector step = direction.times(Math.min(1, longest / direction.length()));
        Precision precision =
                at.precision().atLeast(decrement <= p * EXACT_FROM * EXACT_FROM ? Precision.SCORE : Precision.FAST);
        double gain = precision == at.precision() ? at.weight() * step.dot(here.gradient()) : ON_TRUST;
        return at.ask(
                LineSearch.candidate(coordinates, here.point(), step),
                Wanted.GRADIENT.with(precision),
                state.at(here, pairs, Accepted.at(at, decrement, 0, 0, 0), gain));
    }

    // Judgments that came or went, or sums of another precision, make two log-likelihoods incomparable.
    private static boolean falls(Evaluation at, State state) {
        if (state.expectedGain() == ON_TRUST) {
            return false;
        }
        Accepted before = state.accepted();
        double least = before.logLikelihood() + ARMIJO * state.expectedGain() - at.rounding();
        return at.answer().count() == before.count() && at.weight() == before.weight() && at.logLikelihood() < least;
    }

    /** To the top of the parabola through the last point, its slope, and this point. */
    private Step shorten(Evaluation at, State state, Coordinates coordinates, Vector before, Vector step) {
        if (step.length() <= SHORTEST * (1 + before.length())) {
            return AlternatingDescent.verify(at, state.accepted(), config);
        }
        double gained = at.logLikelihood() - state.accepted().logLikelihood();
        double top = state.expectedGain() / (2 * (state.expectedGain() - gained));
        double fraction = Math.max(0.1, Math.min(0.5, top));
        return at.ask(
                LineSearch.candidate(coordinates, before, step.times(fraction)),
                Wanted.GRADIENT.with(at.precision()),
                state.expecting(fraction * state.expectedGain()));
    }

    private static List<Pair> with(Pair newest, List<Pair> pairs) {
        if (!(newest.curvature()
                > LEAST_CURVATURE * newest.step().length() * newest.change().length())) {
            return pairs;
        }
        List<Pair> all = new ArrayList<>(pairs.subList(pairs.size() == PAIRS ? 1 : 0, pairs.size()));
        all.add(newest);
        return all;
    }

    /** The two-loop recursion of Nocedal (1980): H⁻¹ times the gradient, per unit of weight. */
    private static Vector direction(Vector gradient, List<Pair> pairs, Vector curvature, Coordinates coordinates) {
        Vector direction = gradient;
        double[] shares = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            shares[i] = pair.step().dot(direction) / pair.curvature();
            direction = direction.minus(pair.change().times(shares[i]));
        }
        direction = firstGuess(direction, pairs, curvature, coordinates);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            direction =
                    direction.plus(pair.step().times(shares[i] - pair.change().dot(direction) / pair.curvature()));
        }
        return direction;
    }

    private static Vector firstGuess(Vector direction, List<Pair> pairs, Vector curvature, Coordinates coordinates) {
        if (curvature.size() > 0) {
            Optional<Cholesky> factor = Cholesky.of(PackedSymmetric.of(direction.size(), curvature));
            if (factor.isPresent()) {
                return factor.get().solve(direction);
            }
        }
        Vector guess = standardised(coordinates, direction);
        if (pairs.isEmpty()) {
            return guess.times(1 / MEAN_VARIANCE);
        }
        Pair newest = pairs.get(pairs.size() - 1);
        return guess.times(newest.curvature() / newest.change().dot(standardised(coordinates, newest.change())));
    }

    /** Where z and ψ have second moment 1, the curvature in γ is |θ|² times that in θ. */
    private static Vector standardised(Coordinates coordinates, Vector direction) {
        int d = coordinates.point().reward().size();
        Vector reward = coordinates.origin().slice(0, d);
        double square = reward.dot(reward);
        return direction.slice(0, d).concat(direction.slice(d, direction.size()).times(1 / Math.max(square, 1e-2)));
    }
}
