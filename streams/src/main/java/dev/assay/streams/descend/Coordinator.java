package dev.assay.streams.descend;

import dev.assay.streams.model.ErasureState;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Coordination;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.PendingErasure;
import dev.assay.streams.model.Rerun;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.ShardReport.Answer;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import dev.assay.streams.model.ShardReport.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the estimate fresh and exact: adds the shards' statistics and takes the Newton step of MODEL (8) after every change,
 * and runs the descent anew over rounds when that is due. Knows no topic and no clock: reports, commands and time come in,
 * actions come out.
 *
 * <p>There is one point of linearisation τ̂ at a time. A rerun leaves it where it is, and the updates go on, until it has
 * converged; then all shards move to the new point, and updates wait for the last of them.
 *
 * <p>A rerun begins at the newest update where there is one, and is begun again from a start of its own if it does not
 * converge from there. While judgments arrive it ends a little short of the maximum; it is repeated, so that a stream that
 * rests is followed by an exact estimate.
 */
final class Coordinator {
    private static final double LEAST_PER_PARAMETER = 100; // judgments for a one-step estimate: MODEL §6
    private static final double FARTHEST = 1; // standard errors; beyond it the quadratic model of ℓ tells nothing

    private final Descent descent;
    private final FitConfig fitConfig;
    private final RerunSchedule schedule;
    private final Duration updateInterval;
    private final Parameters origin; // zeros, of the deployment's dimensions
    private final Shards shards;
    private final List<PendingErasure> erasures;
    private final List<String> commanded;
    private @Nullable Linearisation linearisation;
    private @Nullable Rerun rerun;
    private @Nullable OpenRound open;
    private boolean held;
    private long lastJudgments;
    private List<Long> lastOffsets = List.of();
    private boolean lastFailed;
    private boolean repeat;
    private long endedAtMillis;
    private long toldAtMillis = Long.MIN_VALUE / 2; // so that the first tick tells the shards
    private long deniedAtMillis = Long.MIN_VALUE / 2; // so that the first tick asks for what an earlier one left open
    private long updatedAtMillis;
    private List<Long> updatedOffsets = List.of();
    private @Nullable OneStep newest;
    private @Nullable Fit unidentified; // converged, its moments awaited

    /**
     * @param descent chooses orders
     * @param fitConfig the one of the descent
     * @param schedule when reruns are due
     * @param updateInterval between two updates at least
     * @param shards number of shards
     * @param origin zeros of the deployment's dimensions
     * @param before what an earlier coordinator knew
     */
    Coordinator(
            Descent descent,
            FitConfig fitConfig,
            RerunSchedule schedule,
            Duration updateInterval,
            int shards,
            Parameters origin,
            Coordination before) {
        this.descent = descent;
        this.fitConfig = fitConfig;
        this.schedule = schedule;
        this.updateInterval = updateInterval;
        this.origin = origin;
        this.shards = new Shards(shards);
        erasures = new ArrayList<>(before.erasures());
        commanded = new ArrayList<>(before.commanded());
        linearisation = before.order().linearisation();
        rerun = before.rerun();
        RoundOrder round = before.order().round();
        open = round == null ? null : new OpenRound(round, shards);
        held = before.held();
        lastJudgments = before.lastJudgments();
    }

    /** What must not be forgotten. */
    Coordination memory() {
        return new Coordination(order(), rerun, lastJudgments, List.copyOf(commanded), held, List.copyOf(erasures));
    }

    private ShardOrder order() {
        return new ShardOrder(linearisation, open == null ? null : open.order());
    }

    /** Takes a report in. Reports of closed rounds, and second answers, change nothing but what is known of the shard. */
    List<Action> hear(ShardReport report, long nowMillis) {
        shards.require(report.shard());
        if (report instanceof Status status) {
            shards.holds(status, status.judgments());
            status.erasures().forEach(progress -> note(status.shard(), progress));
            return finishErasures();
        }
        if (report instanceof ShardReport.Update update) {
            shards.holds(update, update.sum().count());
            if (linearisation != null && update.epoch() == linearisation.epoch()) {
                shards.update(update);
            }
            return updateIfDue(nowMillis);
        }
        Answer answer = (Answer) report;
        shards.holds(answer, answer.sum().count());
        if (open == null || !open.awaits(answer)) {
            return List.of();
        }
        open.take(answer);
        return open.complete() ? advance(open, nowMillis) : List.of();
    }

    /** Takes a command in. */
    List<Action> obey(Command command, long newestVersion, long nowMillis) {
        if (command instanceof Command.EraseAnnotator erase) {
            Erasure erasure = new Erasure(
                    erase.annotatorId(),
                    erase.commandId(),
                    ErasureState.REQUESTED.name(),
                    newestVersion,
                    0L,
                    0L,
                    erase.requestedAt());
            if (erasures.stream().anyMatch(known -> known.erasure().getCommandId().equals(erase.commandId()))) {
                return List.of();
            }
            erasures.add(PendingErasure.requested(erasure));
            deniedAtMillis = nowMillis;
            return List.of(new Action.Denied(erasure));
        }
        if (command instanceof Command.Rollback rollback) {
            List<Action> actions = new ArrayList<>(superseded(rollback.commandId()));
            held = true;
            open = null;
            rerun = null;
            commanded.clear();
            actions.add(new Action.Publish(new Rollback(rollback.commandId(), rollback.snapshot())));
            return actions;
        }
        if (!commanded.contains(command.commandId())) {
            commanded.add(command.commandId());
        }
        return beginIfDue(nowMillis);
    }

    /** The commands whose rerun a rollback ends, or does not let begin; erasures stay due. */
    private List<Action.Superseded> superseded(String by) {
        List<String> waiting = new ArrayList<>(commanded);
        if (rerun != null) {
            waiting.addAll(rerun.commandIds());
        }
        erasures.forEach(erasure -> waiting.remove(erasure.erasure().getCommandId()));
        return waiting.stream()
                .map(commandId -> new Action.Superseded(commandId, by))
                .toList();
    }

    /** Lets time pass: publishes an update, begins a rerun that is due, asks again for what is overdue. */
    List<Action> tick(long nowMillis) {
        List<Action> actions = new ArrayList<>(identifyIfAsked());
        actions.addAll(updateIfDue(nowMillis));
        boolean awaiting =
                open != null || (linearisation != null && shards.sum().isEmpty());
        if (awaiting && nowMillis - toldAtMillis >= schedule.patience().toMillis()) {
            actions.add(tell(nowMillis));
        }
        actions.addAll(denyAgain(nowMillis));
        actions.addAll(beginIfDue(nowMillis));
        return actions;
    }

    /** Notes the version under which that was published. */
    void published(Publication what, long version) {
        if (what instanceof Update) {
            erasures.replaceAll(erasure -> erasure.updated(version));
        } else if (what instanceof FinishedRerun ended) {
            double gap = gap(ended.fit());
            long after = ended.fit().converged() ? version : 0;
            erasures.replaceAll(erasure ->
                    ended.commandIds().contains(erasure.erasure().getCommandId()) ? erasure.rerun(after, gap) : erasure);
            newest = null;
        }
    }

    private double gap(Fit fit) {
        if (newest == null || !fit.converged()) {
            return -1;
        }
        Vector difference = newest.parameters().joint().minus(fit.parameters().joint());
        return Math.sqrt(Math.max(0, fit.information().quadraticForm(difference)) / difference.size());
    }

    private List<Action> advance(OpenRound complete, long nowMillis) {
        Step step = descent.advance(complete.order(), complete.sum());
        if (step instanceof Step.Ask ask) {
            open = new OpenRound(ask.order(), shards.count());
            return List.of(tell(nowMillis));
        }
        Rerun ended = current();
        Fit fit = ((Step.Done) step).fit();
        if (!fit.converged() && ended.resumed()) {
            rerun = ended.cold();
            open = new OpenRound(first(rerun.id()), shards.count());
            return List.of(tell(nowMillis));
        }
        open = null;
        rerun = null;
        endedAtMillis = nowMillis;
        lastJudgments = fit.count();
        lastOffsets = complete.coveredOffsets();
        lastFailed = !fit.converged();
        boolean exact = Math.sqrt(fit.decrement() / fit.parameters().dimension()) <= fitConfig.tolerance();
        repeat = fit.converged() && !exact;
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Publish(new FinishedRerun(ended.id(), ended.commandIds(), fit, exact, lastOffsets)));
        if (fit.converged()) {
            held = false;
            linearisation = new Linearisation(linearisation == null ? 1 : linearisation.epoch() + 1, fit.parameters());
            shards.forgetUpdates();
            updatedOffsets = exact ? lastOffsets : List.of(); // An update over the same judgments would say the same.
            unidentified = fit;
            actions.add(tell(nowMillis));
        }
        return actions;
    }

    private Rerun current() {
        if (rerun == null) {
            throw new IllegalStateException("a round is open, but no rerun");
        }
        return rerun;
    }

    private List<Action> identifyIfAsked() {
        Optional<ShardSum> moments = shards.moments();
        if (unidentified == null || moments.isEmpty()) {
            return List.of();
        }
        Identifiability found = Identifiability.of(unidentified, moments.get());
        unidentified = null;
        return found.diagnostics().isEmpty() ? List.of() : List.of(new Action.Identified(found));
    }

    private List<Action> updateIfDue(long nowMillis) {
        Optional<ShardSum> sum = shards.sum();
        if (linearisation == null
                || sum.isEmpty()
                || shards.updateOffsets().equals(updatedOffsets)
                || nowMillis - updatedAtMillis < leastPause()) {
            return List.of();
        }
        updatedAtMillis = nowMillis;
        shards.taken();
        updatedOffsets = shards.updateOffsets();
        Optional<OneStep> step = OneStep.of(linearisation.point(), sum.get());
        newest = step.orElse(null);
        boolean enough = sum.get().weight() >= LEAST_PER_PARAMETER * origin.dimension();
        return held || !enough
                ? List.of()
                : step.filter(near -> near.drift() <= FARTHEST)
                        .map(near -> List.<Action>of(new Action.Publish(new Update(sum.get(), near, updatedOffsets))))
                        .orElse(List.of());
    }

    /**
     * Shards report at about the same time: once the last of them has, waiting brings nothing. Where some have nothing to
     * report, the others are not waited for longer than the interval.
     */
    private long leastPause() {
        return shards.allFresh() ? updateInterval.toMillis() / 2 : updateInterval.toMillis();
    }

    private List<Action> beginIfDue(long nowMillis) {
        if (open != null || !shards.allKnown() || shards.judgments() == 0) {
            return List.of();
        }
        // The statistics without the erased must be here first: the update from them is on the receipt.
        List<String> left = erasures.stream()
                .filter(erasure -> erasure.due())
                .map(erasure -> erasure.erasure().getCommandId())
                .toList();
        boolean erased =
                !left.isEmpty() && (linearisation == null || shards.sum().isPresent());
        Optional<RerunReason> due = !commanded.isEmpty()
                ? Optional.of(RerunReason.COMMAND)
                : erased && linearisation != null
                        ? Optional.of(RerunReason.ERASURE)
                        : held ? Optional.empty() : schedule.due(situation(nowMillis));
        return due.map(reason -> begin(reason, left, nowMillis)).orElse(List.of());
    }

    private RerunSchedule.Situation situation(long nowMillis) {
        return new RerunSchedule.Situation(
                shards.judgments(),
                origin.dimension(),
                repeat || !shards.offsets().equals(lastOffsets),
                lastJudgments,
                lastFailed,
                Duration.ofMillis(nowMillis - endedAtMillis),
                drift());
    }

    private double drift() {
        return newest == null ? 0 : newest.drift();
    }

    private List<Action> begin(RerunReason reason, List<String> left, long nowMillis) {
        List<String> commandIds = new ArrayList<>(commanded);
        commandIds.addAll(left);
        commanded.clear();
        String id = "rerun-" + nowMillis;
        Optional<RoundOrder> resumed = reason == RerunReason.COMMAND || lastFailed ? Optional.empty() : resumed(id);
        rerun = new Rerun(id, reason, commandIds, shards.judgments(), drift(), resumed.isPresent());
        open = new OpenRound(resumed.orElseGet(() -> first(id)), shards.count());
        return List.of(new Action.Begun(rerun), tell(nowMillis));
    }

    private RoundOrder first(String id) {
        return RoundOrder.first(id, origin.reward().size(), origin.rationality().size());
    }

    /** From the newest step; empty where it is not to be trusted. */
    private Optional<RoundOrder> resumed(String id) {
        return newest == null || newest.drift() > FARTHEST
                ? Optional.empty()
                : Optional.of(RoundOrder.warm(id, newest.parameters()));
    }

    private void note(int shard, ErasureProgress progress) {
        for (int i = 0; i < erasures.size(); i++) {
            PendingErasure known = erasures.get(i);
            if (known.erasure().getCommandId().equals(progress.commandId())) {
                if (!known.left()) {
                    shards.forgetUpdate(shard); // It may be from before the annotator left,
                    updatedOffsets = List.of(); // which changes the sums, but no offset.
                }
                erasures.set(i, known.with(progress));
            }
        }
    }

    private List<Action> finishErasures() {
        List<Action> receipts = new ArrayList<>();
        for (PendingErasure erasure : erasures) {
            // Where nothing was ever fitted there is nothing to fit again.
            if (erasure.complete() || (linearisation == null && open == null && erasure.swept())) {
                receipts.add(new Action.Receipted(erasure));
            }
        }
        receipts.forEach(receipt -> erasures.remove(((Action.Receipted) receipt).erasure()));
        return receipts;
    }

    /** A shard does the same for the same request again: asking twice is cheap, an erasure that nobody does is not. */
    private List<Action> denyAgain(long nowMillis) {
        List<Action> unswept = erasures.stream()
                .filter(erasure -> !erasure.swept())
                .<Action>map(erasure -> new Action.Denied(erasure.erasure()))
                .toList();
        if (unswept.isEmpty()
                || nowMillis - deniedAtMillis < schedule.patience().toMillis()) {
            return List.of();
        }
        deniedAtMillis = nowMillis;
        return unswept;
    }

    private Action tell(long nowMillis) {
        toldAtMillis = nowMillis;
        return new Action.Tell(order());
    }
}
