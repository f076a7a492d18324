package dev.assay.streams.descend;

import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.Step;
import dev.assay.streams.adapt.ShardReport;
import dev.assay.streams.adapt.ShardReport.Answer;
import dev.assay.streams.adapt.ShardReport.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs reruns: decides when one is due, gathers a report from every shard, lets the {@link Descent} choose the next
 * order. Knows no topic and no clock: time comes in, orders and fits come out.
 *
 * <p>Every rerun starts from the moments, never from the last parameters, so that an estimate depends on the judgments
 * alone and not on the order in which they came. While judgments arrive a rerun ends a little short of the maximum; it is
 * repeated, so that a stream that rests is followed by an exact estimate.
 */
final class Coordinator {
    /** What the coordinator wants done. */
    sealed interface Action {
        /** Send the order to every shard. */
        record Ask(RoundOrder order) implements Action {}

        /** A rerun has begun. */
        record Begun(String rerunId, RerunSchedule.Reason reason, long judgments) implements Action {}

        /** A rerun has ended, one way or another. */
        record Ended(FinishedRerun rerun) implements Action {}
    }

    private final Descent descent;
    private final double tolerance;
    private final RerunSchedule schedule;
    private final int rewardDimension;
    private final int rationalityDimension;
    private final @Nullable ShardReport[] newest;
    private final long[] judgments;
    private @Nullable OpenRound open;
    private long askedAtMillis;
    private long endedAtMillis;
    private long lastJudgments = -1;
    private List<Long> lastOffsets = List.of();
    private boolean repeat;

    /**
     * @param descent chooses orders
     * @param tolerance decrement per parameter up to which a fit counts as exact, in standard errors
     * @param schedule when reruns are due
     * @param shards number of shards
     * @param rewardDimension d
     * @param rationalityDimension k
     */
    Coordinator(
            Descent descent,
            double tolerance,
            RerunSchedule schedule,
            int shards,
            int rewardDimension,
            int rationalityDimension) {
        this.descent = descent;
        this.tolerance = tolerance;
        this.schedule = schedule;
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
        newest = new @Nullable ShardReport[shards];
        judgments = new long[shards];
    }

    /** Takes a report in. Reports of closed rounds, and second answers, change nothing but what is known of the shard. */
    List<Action> hear(ShardReport report, long nowMillis) {
        if (report.shard() < 0 || report.shard() >= newest.length) {
            throw new IllegalStateException("the topology has shards 0 to " + (newest.length - 1)
                    + ", a report came from shard " + report.shard());
        }
        newest[report.shard()] = report;
        if (report instanceof Status status) {
            judgments[status.shard()] = status.judgments();
            return beginIfDue(nowMillis);
        }
        Answer answer = (Answer) report;
        judgments[answer.shard()] = answer.sum().count();
        if (open == null || !open.awaits(answer)) {
            return List.of();
        }
        open.take(answer);
        return open.complete() ? advance(open, nowMillis) : List.of();
    }

    /** Lets time pass: begins a rerun that is due, asks again where answers are overdue. */
    List<Action> tick(long nowMillis) {
        if (open == null) {
            return beginIfDue(nowMillis);
        }
        if (nowMillis - askedAtMillis < schedule.patience().toMillis()) {
            return List.of();
        }
        askedAtMillis = nowMillis;
        return List.of(new Action.Ask(open.order()));
    }

    private List<Action> advance(OpenRound complete, long nowMillis) {
        Step step = descent.advance(complete.order(), complete.sum());
        if (step instanceof Step.Ask ask) {
            return List.of(ask(ask.order(), nowMillis));
        }
        Fit fit = ((Step.Done) step).fit();
        open = null;
        endedAtMillis = nowMillis;
        lastJudgments = fit.count();
        lastOffsets = complete.coveredOffsets();
        boolean exact = Math.sqrt(fit.decrement() / fit.parameters().dimension()) <= tolerance;
        repeat = fit.converged() && !exact;
        return List.of(new Action.Ended(new FinishedRerun(complete.order().rerunId(), fit, exact, lastOffsets)));
    }

    private List<Action> beginIfDue(long nowMillis) {
        if (open != null || Arrays.stream(newest).anyMatch(report -> report == null)) {
            return List.of();
        }
        long held = Arrays.stream(judgments).sum();
        Optional<RerunSchedule.Reason> due =
                schedule.due(held, changed() || repeat, lastJudgments, Duration.ofMillis(nowMillis - endedAtMillis));
        if (due.isEmpty()) {
            return List.of();
        }
        String rerunId = "rerun-" + nowMillis;
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Begun(rerunId, due.get(), held));
        actions.add(ask(RoundOrder.first(rerunId, rewardDimension, rationalityDimension), nowMillis));
        return actions;
    }

    private Action ask(RoundOrder order, long nowMillis) {
        open = new OpenRound(order, newest.length);
        askedAtMillis = nowMillis;
        return new Action.Ask(order);
    }

    /** Offsets, not counts: an edit changes no count. */
    private boolean changed() {
        List<Long> offsets = new ArrayList<>();
        for (ShardReport report : newest) {
            if (report != null) {
                offsets.add(report.coveredOffset());
            }
        }
        return !offsets.equals(lastOffsets);
    }
}
