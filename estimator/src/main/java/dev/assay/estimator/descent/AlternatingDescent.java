package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    public Step advance(RoundOrder asked, ShardSum answer) {
        if (asked.state().phase() == DescentPhase.MOMENTS) {
            return afterMoments(asked, answer);
        }
        double ridge = asked.state().ridge();
        Step step = Ridge.unpenalised(afterPoint(asked, Ridge.penalised(asked, answer, ridge)), ridge);
        return step instanceof Step.Done done && ridge > config.ridge()
                ? Step.done(withWeakPrior(done.fit(), ridge))
                : step;
    }

    /** The same, but a start that the moments gave goes another way. */
    Step advance(RoundOrder asked, ShardSum answer, UnaryOperator<RoundOrder> otherWay) {
        Step step = advance(asked, answer);
        return asked.state().phase() == DescentPhase.MOMENTS
                        && step instanceof Step.Ask ask
                        && ask.order().state().phase() == DescentPhase.START
                ? Step.ask(otherWay.apply(ask.order()))
                : step;
    }

    private static Fit withWeakPrior(Fit fit, double ridge) {
        return fit.withDiagnostics(List.of(new Diagnostic(
                "weak-prior",
                ridge,
                "the judgments alone do not determine all parameters yet: a ridge of this ratio fills in")));
    }

    private Step afterPoint(RoundOrder asked, ShardSum answer) {
        if (!(answer.weight() > 0)) {
            return Ending.impossible(asked, answer, MomentCheck.of(answer, 0, 0).found());
        }
        if (answer.minimumSignedMargin() > 0) {
            // A fit that ends has its statistics, also this one.
            return asked.state().phase() == DescentPhase.GRADIENT
                    ? QuasiNewton.verify(asked, config)
                    : Ending.separated(asked, answer, asked.state().decrement());
        }
        if (asked.state().phase() == DescentPhase.GRADIENT) {
            return QuasiNewton.advance(asked, answer, config);
        }
        if (asked.state().phase() == DescentPhase.STEP && !LineSearch.accepts(asked, answer)) {
            return afterRejection(asked, answer);
        }
        return afterAcceptance(asked, answer);
    }

    private Step afterMoments(RoundOrder asked, ShardSum answer) {
        int d = asked.point().reward().size();
        int k = asked.point().rationality().size();
        MomentCheck check = MomentCheck.of(answer, d, k);
        if (check.wantsPrecision() && asked.wanted().precision() != Precision.ALL) {
            return Step.ask(asked.next(
                    asked.point(),
                    List.of(),
                    Wanted.MOMENTS.with(Precision.ALL),
                    asked.state().with(Precision.ALL)));
        }
        double ridge = Math.max(config.ridge(), check.curable() ? config.weakPrior() : 0);
        if (!check.found().isEmpty() && !(check.curable() && ridge > 0)) {
            return Ending.impossible(asked, answer, check.found());
        }
        ShardSum moments = Ridge.penalised(asked, answer, ridge);
        Standardisation coordinates = Standardisation.of(moments, d, k);
        Parameters start = asked.state().warm() ? asked.point() : MomentStart.of(moments, coordinates, d, k);
        DescentState state = asked.state().started(coordinates, ridge, answer);
        return Step.ask(asked.next(start, List.of(), Wanted.STATISTICS.with(state.precision()), state));
    }

    private Step afterRejection(RoundOrder asked, ShardSum answer) {
        DescentState state = asked.state();
        if (lastRound(asked)) {
            return SeparationWatch.likely(state, state.largestError())
                    ? Ending.separated(asked, answer, state.decrement())
                    : Ending.notConverged(asked, answer, state.decrement());
        }
        Parameters base = LineSearch.base(asked);
        Optional<LineSearch.Shorter> shorter = LineSearch.shorter(asked, answer);
        if (shorter.isPresent()) {
            Parameters point = shorter.get().point();
            Coordinates chart = Coordinates.around(base, state);
            return Step.ask(asked.next(
                    point,
                    LineSearch.trials(chart, point),
                    Wanted.STATISTICS.with(asked.state().precision()),
                    state.asking(
                            DescentPhase.STEP, shorter.get().expectedGain(), state.damping(), state.blockSteps())));
        }
        double damping = 10 * Math.max(state.damping(), DescentState.FIRST_DAMPING);
        return Step.ask(asked.next(
                base,
                List.of(),
                Wanted.STATISTICS.with(asked.state().precision()),
                state.asking(DescentPhase.RETRY, 0, damping, state.blockSteps())));
    }

    private Step afterAcceptance(RoundOrder asked, ShardSum answer) {
        boolean check = asked.state().phase() == DescentPhase.CHECK;
        if (check && MaximumCheck.isUnbounded(answer)) {
            return Ending.separated(asked, answer, asked.state().decrement());
        }
        Coordinates chart = Coordinates.around(asked.point(), asked.state());
        LocalModel model = chart.localModel(answer);
        Step step = fromAccepted(asked, answer, chart, model);
        return step instanceof Step.Done done && !check && asked.state().ridge() == 0
                ? checked(asked, answer, chart, model, done)
                : step;
    }

    /** The same end, unless it is far out and one more round shows that it lies on the way to infinity. */
    private Step checked(RoundOrder asked, ShardSum answer, Coordinates chart, LocalModel model, Step.Done done) {
        Fit fit = done.fit();
        if (fit.status() == FitStatus.SEPARATED || !MaximumCheck.isNeeded(model.largestError()) || lastRound(asked)) {
            return done;
        }
        DescentState state = watched(asked, answer, chart, model, fit.decrement());
        return Step.ask(asked.next(
                asked.point(),
                MaximumCheck.trials(asked, answer),
                asked.wanted(),
                state.asking(DescentPhase.CHECK, 0, state.damping(), state.blockSteps())));
    }

    private Step fromAccepted(RoundOrder asked, ShardSum answer, Coordinates chart, LocalModel model) {
        Parameters point = asked.point();
        boolean retry = asked.state().phase() == DescentPhase.RETRY;
        Optional<Direction> joint = retry ? Optional.empty() : Direction.joint(model);
        Direction direction = joint.or(() -> retry ? Optional.empty() : unsafe(model, asked.state()))
                .orElseGet(() -> Direction.damped(model, asked.state().damping(), answer.weight()));
        double decrement = Math.max(0, direction.gain());
        boolean dataMoved = dataMoved(asked, answer);
        DescentState state = watched(asked, answer, chart, model, decrement);
        if (SeparationWatch.separated(state.growthStreak())) {
            return Ending.separated(asked, answer, decrement);
        }
        int p = point.dimension();
        boolean converged = decrement <= p * config.tolerance() * config.tolerance();
        double enough = asked.round() < LATE ? STANDING_DRIFT : LATE_DRIFT;
        boolean standing = dataMoved && OneStep.drift(decrement, answer.weight(), p) <= enough;
        if (joint.isPresent() && (converged || standing) && config.complete(asked.wanted())) {
            return Ending.stationary(asked, answer, decrement, true, !converged);
        }
        if (joint.isEmpty() && converged && !block(direction)) {
            return SeparationWatch.likely(state, model.largestError())
                    ? Ending.separated(asked, answer, decrement)
                    : Ending.stationary(asked, answer, decrement, false, false);
        }
        // Far out, the last round is for the check.
        if (asked.round() + (MaximumCheck.isNeeded(state.largestError()) ? 2 : 1) >= config.maxRounds()) {
            return SeparationWatch.likely(state, model.largestError())
                    ? Ending.separated(asked, answer, decrement)
                    : Ending.notConverged(asked, answer, decrement);
        }
        if (OppositeSign.isBetterPlaceToStart(asked, answer)) {
            return Step.ask(asked.next(
                    OppositeSign.of(point),
                    List.of(),
                    Wanted.STATISTICS.with(asked.state().precision()),
                    state.restartedFromOppositeSign()));
        }
        boolean nearlyDone = joint.isPresent()
                && (decrement <= p * NEARLY_DONE * NEARLY_DONE
                        || (dataMoved && OneStep.drift(decrement, answer.weight(), p) <= 100 * STANDING_DRIFT));
        return ask(asked, chart, direction, state, nearlyDone);
    }

    /** What to do where the joint curvature is not positive definite. */
    private Optional<Direction> unsafe(LocalModel model, DescentState state) {
        Optional<Direction> block = blocks ? Direction.block(model, state.blockSteps()) : Optional.empty();
        return block.or(() -> Direction.blended(model));
    }

    private Step ask(RoundOrder asked, Coordinates chart, Direction direction, DescentState state, boolean last) {
        Direction bounded = direction.bounded(chart.origin());
        Parameters candidate = LineSearch.candidate(chart, bounded.step());
        boolean relax = direction.kind() == Direction.Kind.DAMPED && state.phase() != DescentPhase.RETRY;
        int p = chart.point().dimension();
        boolean sure = direction.kind() == Direction.Kind.JOINT
                && state.growthStreak() == 0
                && direction.gain() <= p * SURE * SURE;
        List<Parameters> trials = sure ? LineSearch.baseOnly(chart) : LineSearch.trials(chart, candidate);
        return Step.ask(asked.next(
                candidate,
                OppositeSign.alsoTried(trials, candidate, asked),
                (last ? config.last() : Wanted.STATISTICS).with(state.precision()),
                state.asking(
                        DescentPhase.STEP,
                        bounded.gain(),
                        relax ? Math.max(1e-9, 0.1 * state.damping()) : state.damping(),
                        state.blockSteps() + (block(direction) ? 1 : 0))));
    }

    private static boolean block(Direction direction) {
        return direction.kind() == Direction.Kind.REWARD_BLOCK || direction.kind() == Direction.Kind.RATIONALITY_BLOCK;
    }

    private static DescentState watched(
            RoundOrder asked, ShardSum answer, Coordinates chart, LocalModel model, double decrement) {
        DescentState before = asked.state();
        if (before.phase() != DescentPhase.STEP) {
            return before.accepted(
                    answer, decrement, before.stepLength(), before.largestError(), before.growthStreak());
        }
        double length = chart.distance(LineSearch.base(asked));
        double error = Math.min(model.largestError(), Double.MAX_VALUE);
        return before.accepted(answer, decrement, length, error, SeparationWatch.streak(before, length, error));
    }

    /** Whether judgments came, went or changed since the last round: then the exact maximum moves with them. */
    private static boolean dataMoved(RoundOrder asked, ShardSum answer) {
        DescentState state = asked.state();
        boolean comparable = state.phase() == DescentPhase.STEP;
        double before = state.logLikelihood();
        return answer.count() != state.count()
                || answer.weight() != state.weight()
                || (comparable
                        && Math.abs(answer.trialLogLikelihoods().get(0) - before) > SAME * (1 + Math.abs(before)));
    }

    private boolean lastRound(RoundOrder asked) {
        return asked.round() + 1 >= config.maxRounds();
    }
}
