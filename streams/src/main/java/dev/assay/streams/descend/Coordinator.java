package dev.assay.streams.descend;

import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.SavedState;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.estimator.sums.Answer;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.ShardReport.Reply;
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
    private final Descents descents;
    private final RerunSchedule schedule;
    private final Updates updates;
    private final Shards shards;
    private final Erasures erasures;
    private final List<String> commanded;
    private @Nullable Linearisation linearisation;
    private @Nullable OpenRound open;
    private boolean held;
    private long lastJudgments;
    private List<Long> lastOffsets = List.of();
    private @Nullable Duration failedAfter; // null: the last attempt gave an estimate
    private long begunAtMillis;
    private boolean repeat;
    private long endedAtMillis;
    private long toldAtMillis = Long.MIN_VALUE / 2; // so that the first tick tells the shards
    private @Nullable Fit unidentified; // converged, its moments awaited

    /**
     * @param schedule when reruns are due
     * @param updateInterval between two updates at least
     * @param before what an earlier coordinator knew
     */
    Coordinator(Descents descents, RerunSchedule schedule, Duration updateInterval, Coordination before) {
        this.descents = descents;
        this.schedule = schedule;
        updates = new Updates(updateInterval);
        this.shards = new Shards(descents.shards());
        erasures = new Erasures(before.erasures());
        commanded = new ArrayList<>(before.commanded());
        linearisation = before.order().linearisation();
        held = before.held();
        lastJudgments = before.lastJudgments();
        open = descents.goOn(before);
    }

    /** What must not be forgotten. */
    Coordination memory() {
        return new Coordination(
                order(),
                open == null ? null : SavedState.of(open.asked().state()),
                open == null ? null : open.rerun(),
                lastJudgments,
                List.copyOf(commanded),
                held,
                erasures.owed());
    }

    private ShardOrder order() {
        return new ShardOrder(linearisation, open == null ? null : open.round());
    }

    /** What is to be said against a report; it must not be heard then. */
    Optional<String> objection(ShardReport report) {
        OpenRound round = open != null && report instanceof Reply reply && open.asks(reply) ? open : null;
        return new ReportCheck(shards.count(), descents.origin())
                .objection(report, round == null ? null : round.asked().question());
    }

    /** Takes a report in. Reports of closed rounds, and second answers, change nothing but what is known of the shard. */
    List<Action> hear(ShardReport report, long nowMillis) {
        if (report instanceof Status status) {
            shards.holds(status, status.judgments(), nowMillis);
            status.erasures().forEach(progress -> note(status.shard(), progress, nowMillis));
            return erasures.finish(linearisation == null && open == null);
        }
        if (report instanceof ShardReport.Update update) {
            shards.holds(update, update.answer().count(), nowMillis);
            if (linearisation != null && update.epoch() == linearisation.epoch()) {
                shards.update(update);
            }
            return updateIfDue(nowMillis);
        }
        Reply reply = (Reply) report;
        shards.holds(reply, reply.answer().count(), nowMillis);
        if (open == null || !open.awaits(reply)) {
            return List.of();
        }
        open.take(reply);
        return open.complete() ? advance(open, nowMillis) : List.of();
    }

    /** Takes a command in. */
    List<Action> obey(Command command, long newestVersion, long nowMillis) {
        if (command instanceof Command.EraseAnnotator erase) {
            return erasures.request(erase, newestVersion, nowMillis);
        }
        if (command instanceof Command.Rollback rollback) {
            List<Action> actions = new ArrayList<>(superseded(rollback.commandId()));
            held = true;
            open = null;
            commanded.clear();
            actions.add(new Action.Publish(new Rollback(rollback.commandId(), rollback.snapshot())));
            return actions;
        }
        if (!commanded.contains(command.commandId())) {
            commanded.add(command.commandId());
        }
        return beginIfDue(nowMillis);
    }

    /** Takes over erasures that are owed by what the topics say, whoever has forgotten them. */
    List<Action> recall(ErasureHistory history, long newestVersion, long nowMillis) {
        return erasures.recall(history, newestVersion, nowMillis);
    }

    /** The commands whose rerun a rollback ends, or does not let begin; erasures stay due. */
    private List<Action.Superseded> superseded(String by) {
        List<String> waiting = new ArrayList<>(commanded);
        if (open != null) {
            waiting.addAll(open.rerun().getCommandIds());
        }
        waiting.removeAll(erasures.commandIds());
        return waiting.stream()
                .map(commandId -> new Action.Superseded(commandId, by))
                .toList();
    }

    /** Lets time pass: publishes an update, begins a rerun that is due, asks again for what is overdue. */
    List<Action> tick(long nowMillis) {
        List<Action> actions = new ArrayList<>(identifyIfAsked());
        actions.addAll(updateIfDue(nowMillis));
        long patience = schedule.patience().toMillis();
        boolean awaiting = open != null
                || (linearisation != null && (shards.sum().isEmpty() || shards.isSomeBehind(nowMillis, patience)));
        if (awaiting && nowMillis - toldAtMillis >= patience) {
            actions.add(tell(nowMillis));
        }
        actions.addAll(erasures.askAgain(nowMillis, schedule.patience()));
        actions.addAll(beginIfDue(nowMillis));
        return actions;
    }

    /** Notes the version under which that was published. */
    void published(Publication what, long version) {
        if (what instanceof Update) {
            erasures.updated(version);
        } else if (what instanceof FinishedRerun ended) {
            erasures.rerun(ended.commandIds(), ended.fit().converged() ? version : 0, updates.gap(ended.fit()));
            updates.superseded();
        }
    }

    private List<Action> advance(OpenRound complete, long nowMillis) {
        OpenRerun ended = complete.rerun();
        Step step = descents.descent().advance(complete.asked(), complete.sum());
        if (step instanceof Step.Ask ask) {
            open = new OpenRound(ended, ask, shards.count());
            return List.of(tell(nowMillis));
        }
        Fit fit = ((Step.Done) step).fit();
        if (!fit.converged() && ended.getResumed()) {
            open = descents.beginCold(ended);
            return List.of(tell(nowMillis));
        }
        open = null;
        endedAtMillis = nowMillis;
        lastJudgments = fit.count();
        lastOffsets = complete.coveredOffsets();
        failedAfter = fit.converged() ? null : Duration.ofMillis(Math.max(0, nowMillis - begunAtMillis));
        boolean exact = descents.exact(fit);
        repeat = fit.converged() && !exact;
        List<Action> actions = new ArrayList<>();
        actions.add(
                new Action.Publish(new FinishedRerun(ended.getId(), ended.getCommandIds(), fit, exact, lastOffsets)));
        if (fit.converged()) {
            held = false;
            linearisation = new Linearisation(linearisation == null ? 1 : linearisation.epoch() + 1, fit.parameters());
            shards.forgetUpdates();
            updates.covered(exact ? lastOffsets : List.of()); // An update over the same judgments would say the same.
            unidentified = fit;
            actions.add(tell(nowMillis));
        }
        return actions;
    }

    private List<Action> identifyIfAsked() {
        Optional<Answer> moments = shards.moments();
        if (unidentified == null || moments.isEmpty()) {
            return List.of();
        }
        Identifiability found = Identifiability.of(unidentified, moments.get());
        unidentified = null;
        return found.diagnostics().isEmpty() ? List.of() : List.of(new Action.Identified(found));
    }

    private List<Action> updateIfDue(long nowMillis) {
        Optional<Update> update =
                linearisation == null ? Optional.empty() : updates.make(linearisation, shards, nowMillis);
        return update.filter(made -> !held)
                .map(made -> List.<Action>of(new Action.Publish(made)))
                .orElse(List.of());
    }

    private List<Action> beginIfDue(long nowMillis) {
        if (open != null || !shards.allKnown() || shards.judgments() == 0) {
            return List.of();
        }
        // The statistics without the erased must be here first: the update from them is on the receipt.
        List<String> left = erasures.due();
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
                descents.origin().dimension(),
                repeat || !shards.offsets().equals(lastOffsets),
                lastJudgments,
                failedAfter,
                Duration.ofMillis(nowMillis - endedAtMillis),
                updates.drift());
    }

    private List<Action> begin(RerunReason reason, List<String> left, long nowMillis) {
        List<String> commandIds = new ArrayList<>(commanded);
        commandIds.addAll(left);
        commanded.clear();
        begunAtMillis = nowMillis;
        Optional<Start> resumed =
                reason == RerunReason.COMMAND || failedAfter != null ? Optional.empty() : updates.start();
        OpenRerun next = new OpenRerun(
                "rerun-" + nowMillis,
                descents.method().label(),
                reason.name(),
                commandIds,
                shards.judgments(),
                updates.drift(),
                resumed.isPresent());
        open = resumed.map(start -> descents.begin(next, start)).orElseGet(() -> descents.begin(next));
        return List.of(new Action.Begun(next), tell(nowMillis));
    }

    private void note(int shard, ErasureProgress progress, long nowMillis) {
        if (erasures.note(progress, nowMillis)) {
            shards.forgetUpdate(shard); // It may be from before the annotator left,
            updates.covered(List.of()); // which changes the sums, but no offset.
        }
    }

    private Action tell(long nowMillis) {
        toldAtMillis = nowMillis;
        return new Action.Tell(order());
    }
}
