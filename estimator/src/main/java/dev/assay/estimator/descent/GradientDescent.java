package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import org.jspecify.annotations.Nullable;

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

    /** The block that moves, and how far each goes along its gradient. */
    record Turn(boolean ofReward, double rewardLength, double rationalityLength) {
        Turn withLength(double length) {
            return ofReward ? new Turn(true, length, rationalityLength) : new Turn(false, rewardLength, length);
        }

        double length() {
            return ofReward ? rewardLength : rationalityLength;
        }

        /** The other block's, if there is another. */
        Turn next(boolean rewardAlone) {
            return new Turn(rewardAlone || !ofReward, rewardLength, rationalityLength);
        }
    }

    /**
     * An accepted point.
     *
     * @param point    in the coordinates
     * @param gradient there, per unit of weight
     * @param recent   log-likelihoods of the last accepted points, the newest first
     */
    record Place(Vector point, Vector gradient, Vector recent) {}

    /**
     * @param anchor   where the coordinates are anchored
     * @param counted  rows and Σw that the moments counted
     * @param turn     of the step to the point asked
     * @param last     the last accepted point; null before the first
     */
    record State(
            Problem problem,
            Parameters anchor,
            Accepted counted,
            Turn turn,
            @Nullable Place last) implements Method.State {}

    private final FitConfig config;
    private final AlternatingDescent newton;

    public GradientDescent(FitConfig config) {
        this.config = config;
        newton = AlternatingDescent.newton(config);
    }

    @Override
    public Step.Ask begin(Start start) {
        return Opening.begin(start);
    }

    private static Step.Ask first(int round, Problem problem, Parameters start, Answer moments) {
        Vector reward = problem.around(start).origin().slice(0, start.reward().size());
        double square = Math.max(1e-2, reward.length());
        Turn none = new Turn(false, 1 / MEAN_VARIANCE, 1 / MEAN_VARIANCE / square / square);
        return new Step.Ask(
                round,
                new Question(start, Wanted.GRADIENT.with(problem.precision())),
                new State(problem, start, Accepted.none(moments.count(), moments.weight()), none, null));
    }

    @Override
    public Step advance(Step.Ask asked, Answer answer) {
        if (asked.state() instanceof Opening opening) {
            return opening.advance(asked, answer, config, GradientDescent::first);
        }
        if (!(asked.state() instanceof State state)) {
            return newton.advance(asked, answer);
        }
        Evaluation at = state.problem().evaluate(asked, answer);
        if (at.separates() || !at.hasWeight() || at.round() + LEFT_TO_NEWTON >= config.maxRounds()) {
            return AlternatingDescent.verify(at, state.counted(), config);
        }
        int d = at.point().reward().size();
        int p = at.dimension();
        Coordinates coordinates = state.problem().around(state.anchor());
        Vector point = coordinates.coordinates(at.point());
        Vector gradient = coordinates.score(at.point(), at.statistics().score()).times(1 / at.weight());
        Vector recent = Vector.of(at.logLikelihood());
        Turn turn = state.turn();
        Place last = state.last();
        if (last != null) {
            if (at.logLikelihood() < least(last.recent()) - at.rounding()) {
                Turn shorter = turn.withLength(turn.length() * SHORTENING);
                return step(at, at.question().wanted(), coordinates, state, shorter, last);
            }
            int from = turn.ofReward() ? 0 : d;
            int to = turn.ofReward() ? d : p;
            Vector step = point.minus(last.point()).slice(from, to);
            double curvature = step.dot(last.gradient().minus(gradient).slice(from, to));
            if (curvature > 0) {
                turn = turn.withLength(step.dot(step) / curvature);
            }
            recent = recent.concat(last.recent().slice(0, Math.min(last.recent().size(), MEMORY - 1)));
        }
        Vector ofReward = gradient.slice(0, d);
        Vector ofRationality = gradient.slice(d, p);
        double decrement = at.weight()
                * (turn.rewardLength() * ofReward.dot(ofReward)
                        + turn.rationalityLength() * ofRationality.dot(ofRationality));
        if (!(decrement > p * config.tolerance() * config.tolerance() / 4)) {
            return AlternatingDescent.verify(at, state.counted(), config);
        }
        Wanted wanted = at.question()
                .wanted()
                .with(decrement <= p * EXACT_FROM * EXACT_FROM ? Precision.SCORE : Precision.FAST);
        Place here = new Place(point, gradient, wanted.precision() == at.precision() ? recent : NOT_COMPARABLE);
        return step(at, wanted, coordinates, state, turn.next(d == p), here);
    }

    /** From a place along the gradient of the block whose turn it is. */
    private static Step step(
            Evaluation at, Wanted wanted, Coordinates coordinates, State state, Turn turn, Place from) {
        int d = at.point().reward().size();
        int p = at.dimension();
        Vector gradient = from.gradient();
        Vector step = turn.ofReward()
                ? gradient.slice(0, d).times(turn.length()).concat(Vector.zeros(p - d))
                : Vector.zeros(d).concat(gradient.slice(d, p).times(turn.length()));
        return at.ask(
                LineSearch.candidate(coordinates, from.point(), step),
                wanted,
                new State(state.problem(), state.anchor(), state.counted(), turn, from));
    }

    private static double least(Vector values) {
        double least = values.size() == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (int i = 0; i < values.size(); i++) {
            least = Math.min(least, values.get(i));
        }
        return least;
    }
}
