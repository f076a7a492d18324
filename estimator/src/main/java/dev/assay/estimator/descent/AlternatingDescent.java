package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import java.util.List;
import java.util.Optional;

/**
 * MODEL (11): Newton steps on one block while the joint curvature is not safe, on both as soon as it is, in standardised
 * coordinates, from the start the moments give.
 */
public final class AlternatingDescent implements Descent {
    // The last round also brings the clusters, which doubles its cost; asking a round early is cheaper than once more.
    private static final double NEARLY_DONE = 3e-3; // decrement per parameter
    private static final double STANDING_DRIFT = 1e-3; // standard errors: MODEL §6, enough for a publication
    private static final double LATE_DRIFT = 5e-2; // standard errors; a rerun would be due again at 0.1
    private static final double SURE = 0.25; // decrement per parameter up to which a joint Newton step fits
    private static final int LATE = 15; // rounds
    private static final double SAME = 1e-8; // of ℓ at one point twice, once in float32 sums

    /** What the point asked about is. */
    enum Phase {
        /** A start; whatever it is, the descent goes on from there. */
        START,
        /** A step away from trial 0; taken only if the likelihood is better there. */
        STEP,
        /** The last accepted point again, after a step that led nowhere at any length. */
        RETRY,
        /** An end again, because it is far out: the trials are one standard error to both sides of it. */
        CHECK
    }

    /**
     * @param expectedGain gᵀΔ of the step to the point asked, in nats
     * @param damping      Levenberg–Marquardt damping, as a share of the mean curvature
     * @param blockSteps   steps on one block made so far, 0 to 2
     * @param restarted    whether the one restart from the opposite sign was used
     */
    record State(
            Problem problem,
            Phase phase,
            double expectedGain,
            double damping,
            int blockSteps,
            boolean restarted,
            Accepted accepted)
            implements Method.State {
        static State start(Problem problem, Accepted before) {
            return new State(problem, Phase.START, 0, Direction.FIRST_DAMPING, 0, false, before);
        }

        State asking(Phase next, double gain, double newDamping, int newBlockSteps) {
            return new State(problem, next, gain, newDamping, newBlockSteps, restarted, accepted);
        }

        State with(Accepted point) {
            return new State(problem, phase, expectedGain, damping, blockSteps, restarted, point);
        }

        State restartedFromOppositeSign() {
            Accepted none = Accepted.none(accepted.count(), accepted.weight());
            return new State(problem, Phase.START, 0, Direction.FIRST_DAMPING, 0, true, none);
        }
    }

    private final FitConfig config;
    private final boolean blocks;

    public AlternatingDescent(FitConfig config) {
        this(config, true);
    }

    private AlternatingDescent(FitConfig config, boolean blocks) {
        this.config = config;
        this.blocks = blocks;
    }

    /** Newton steps on both blocks from the first, by Fisher scoring with damping where that is not safe. */
    public static AlternatingDescent newton(FitConfig config) {
        return new AlternatingDescent(config, false);
    }

    @Override
    public Step.Ask begin(Start start) {
        return Opening.begin(start);
    }

    @Override
    public Step advance(Step.Ask asked, Answer answer) {
        if (asked.state() instanceof Opening opening) {
            return opening.advance(asked, answer, config, AlternatingDescent::first);
        }
        State state = (State) asked.state();
        return state.problem().finish(advance(state.problem().evaluate(asked, answer), state), answer, config);
    }

    private static Step.Ask first(int round, Problem problem, Parameters start, Answer moments) {
        State state = State.start(problem, Accepted.none(moments.count(), moments.weight()));
        return at(round, start, Wanted.STATISTICS, state);
    }

    /** For another descent: verifies that its point is the maximum, or goes on to it. */
    static Step verify(Evaluation at, Accepted accepted, FitConfig config) {
        return at(at.round() + 1, at.point(), config.last(), State.start(at.problem(), accepted));
    }

    private static Step.Ask at(int round, Parameters point, Wanted wanted, State state) {
        return new Step.Ask(
                round, new Question(point, wanted.with(state.problem().precision())), state);
    }

    private Step advance(Evaluation at, State asked) {
        double before = asked.accepted().decrement();
        if (!at.hasWeight()) {
            return Ending.withoutJudgments(at);
        }
        if (at.separates()) {
            return Ending.separated(at, before);
        }
        if (asked.phase() == Phase.STEP && !LineSearch.accepts(at, asked.expectedGain())) {
            if (!at.lastRound(config)) {
                return shorten(at, asked);
            }
            return SeparationWatch.likely(asked, asked.accepted().largestError())
                    ? Ending.separated(at, before)
                    : Ending.notConverged(at, before);
        }

        if (asked.phase() == Phase.CHECK && MaximumCheck.isUnbounded(at)) {
            return Ending.separated(at, before);
        }

        // The point is accepted: where to from here?
        Coordinates chart = at.problem().around(at.point());
        LocalModel model = chart.localModel(at.statistics());
        boolean retry = asked.phase() == Phase.RETRY;
        Optional<Direction> joint = retry ? Optional.empty() : Direction.joint(model);
        Direction direction = joint.or(() -> retry ? Optional.empty() : unsafe(model, asked.blockSteps()))
                .orElseGet(() -> Direction.damped(model, asked.damping(), at.weight()));
        double decrement = Math.max(0, direction.gain());
        State state = asked.with(accepted(at, asked, chart, model, decrement));

        // Is this the end?
        int p = at.dimension();
        double drift = OneStep.drift(decrement, at.weight(), p);
        boolean converged = at.converged(decrement, config);
        boolean dataMoved = dataMoved(at, asked);
        boolean standing = dataMoved && drift <= (at.round() < LATE ? STANDING_DRIFT : LATE_DRIFT);
        if (SeparationWatch.separated(state.accepted().growthStreak())) {
            return Ending.separated(at, decrement);
        }
        if (joint.isPresent()
                && (converged || standing)
                && config.complete(at.question().wanted())) {
            return checked(at, state, model, Ending.stationary(at, decrement, true, !converged));
        }
        if (joint.isEmpty() && converged && !direction.ofOneBlock()) {
            return SeparationWatch.likely(state, model.largestError())
                    ? Ending.separated(at, decrement)
                    : checked(at, state, model, Ending.stationary(at, decrement, false, false));
        }
        // Far out, the last round is for the check.
        int left = MaximumCheck.isNeeded(state.accepted().largestError()) ? 2 : 1;
        if (at.round() + left >= config.maxRounds()) {
            return SeparationWatch.likely(state, model.largestError())
                    ? Ending.separated(at, decrement)
                    : checked(at, state, model, Ending.notConverged(at, decrement));
        }

        // No: ask at the next point.
        if (OppositeSign.isBetterPlaceToStart(at, asked.restarted())) {
            return at.ask(OppositeSign.of(at.point()), Wanted.STATISTICS, state.restartedFromOppositeSign());
        }
        boolean nearlyDone = joint.isPresent()
                && (decrement <= p * NEARLY_DONE * NEARLY_DONE || (dataMoved && drift <= 100 * STANDING_DRIFT));
        return step(at, chart, direction, state, nearlyDone ? config.last() : Wanted.STATISTICS);
    }

    /** What to do where the joint curvature is not positive definite. */
    private Optional<Direction> unsafe(LocalModel model, int blockSteps) {
        Optional<Direction> block = blocks ? Direction.block(model, blockSteps) : Optional.empty();
        return block.or(() -> Direction.blended(model));
    }

    private static Step step(Evaluation at, Coordinates chart, Direction direction, State state, Wanted wanted) {
        Direction bounded = direction.bounded(chart.origin());
        Parameters candidate = LineSearch.candidate(chart, bounded.step());
        boolean relax = direction.kind() == Direction.Kind.DAMPED && state.phase() != Phase.RETRY;
        boolean sure = direction.kind() == Direction.Kind.JOINT
                && state.accepted().growthStreak() == 0
                && direction.gain() <= at.dimension() * SURE * SURE;
        List<Parameters> trials = sure ? LineSearch.baseOnly(chart) : LineSearch.trials(chart, candidate);
        return at.ask(
                candidate,
                state.restarted() ? trials : OppositeSign.alsoTried(trials, candidate, at.round()),
                wanted,
                state.asking(
                        Phase.STEP,
                        bounded.gain(),
                        relax ? Math.max(1e-9, 0.1 * state.damping()) : state.damping(),
                        state.blockSteps() + (direction.ofOneBlock() ? 1 : 0)));
    }

    /** After a step that led downhill: the best of the shorter ones, or more damping from where it began. */
    private static Step shorten(Evaluation at, State state) {
        Parameters base = LineSearch.base(at);
        Optional<LineSearch.Shorter> shorter = LineSearch.shorter(at, state.expectedGain());
        if (shorter.isPresent()) {
            Parameters point = shorter.get().point();
            return at.ask(
                    point,
                    LineSearch.trials(at.problem().around(base), point),
                    Wanted.STATISTICS,
                    state.asking(Phase.STEP, shorter.get().expectedGain(), state.damping(), state.blockSteps()));
        }
        double damping = 10 * Math.max(state.damping(), Direction.FIRST_DAMPING);
        return at.ask(base, Wanted.STATISTICS, state.asking(Phase.RETRY, 0, damping, state.blockSteps()));
    }

    /** The same end, unless it is far out: then one more round shows whether it lies on the way to infinity. */
    private Step checked(Evaluation at, State state, LocalModel model, Step.Done end) {
        return state.phase() == Phase.CHECK
                        || at.problem().ridge() > 0
                        || !MaximumCheck.isNeeded(model.largestError())
                        || at.lastRound(config)
                ? end
                : at.ask(
                        at.point(),
                        MaximumCheck.trials(at),
                        at.question().wanted(),
                        state.asking(Phase.CHECK, 0, state.damping(), state.blockSteps()));
    }

    private static Accepted accepted(
            Evaluation at, State asked, Coordinates chart, LocalModel model, double decrement) {
        Accepted before = asked.accepted();
        if (asked.phase() != Phase.STEP) {
            return Accepted.at(at, decrement, before.stepLength(), before.largestError(), before.growthStreak());
        }
        double length = chart.distance(LineSearch.base(at));
        double error = Math.min(model.largestError(), Double.MAX_VALUE);
        return Accepted.at(at, decrement, length, error, SeparationWatch.streak(before, length, error));
    }

    /** Whether judgments came, went or changed since the last round: then the exact maximum moves with them. */
    private static boolean dataMoved(Evaluation at, State asked) {
        Accepted before = asked.accepted();
        double logLikelihood = before.logLikelihood();
        return at.answer().count() != before.count()
                || at.weight() != before.weight()
                || (asked.phase() == Phase.STEP
                        && Math.abs(at.trial(0) - logLikelihood) > SAME * (1 + Math.abs(logLikelihood)));
    }
}
