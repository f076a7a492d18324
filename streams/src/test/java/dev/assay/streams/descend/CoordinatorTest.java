package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.SavedState;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.wire.CoordinationCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final RerunSchedule SCHEDULE =
            new RerunSchedule(100, 0.1, 1.3, 2, 0, Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final Duration UPDATES = Duration.ofMillis(100);
    private static final Parameters ORIGIN = Parameters.zeros(1, 1);

    /** Ends every rerun with its first round; what it was given is kept. */
    private final List<Answer> sums = new ArrayList<>();

    private final List<Question> asked = new ArrayList<>();
    private double decrement;
    private FitStatus status = FitStatus.CONVERGED;
    private final Descent oneRound = new Descent() {
        @Override
        public Step.Ask begin(Start start) {
            return new AlternatingDescent(FitConfig.DEFAULTS).begin(start);
        }

        @Override
        public Step advance(Step.Ask ask, Answer answer) {
            asked.add(ask.question());
            sums.add(answer);
            Parameters point = Parameters.of(Vector.of(new double[] {1, 0.5}), 1);
            return new Step.Done(new Fit(status, point, answer, decrement, 1, List.of()));
        }
    };
    private Coordinator coordinator = coordinator(Coordination.NOTHING);

    private Coordinator coordinator(Coordination before) {
        return coordinator(Method.ALTERNATING, before);
    }

    private Coordinator coordinator(Method method, Coordination before) {
        Descents descents = new Descents(method, oneRound, FitConfig.DEFAULTS.tolerance(), 2, ORIGIN);
        return new Coordinator(descents, SCHEDULE, UPDATES, before);
    }

    @Test
    void nothingBeginsBeforeEveryShardIsKnown() {
        assertThat(coordinator.hear(status(0, 500, 500), 0)).isEmpty();
        assertThat(coordinator.tick(100)).isEmpty();
    }

    @Test
    void theFirstRerunBeginsWithEnoughJudgments() {
        know(60, 40);
        List<Action> actions = coordinator.tick(1);
        assertThat(actions).hasSize(2);
        assertThat(actions.get(0)).isInstanceOfSatisfying(Action.Begun.class, begun -> {
            assertThat(RerunReason.of(begun.rerun())).isEqualTo(RerunReason.FIRST);
            assertThat(begun.rerun().getJudgments()).isEqualTo(100);
        });
        assertThat(actions.get(1)).isInstanceOf(Action.Tell.class);
    }

    @Test
    void tooFewJudgmentsBeginNothing() {
        know(60, 39);
        assertThat(coordinator.tick(1)).isEmpty();
    }

    @Test
    void aRoundEndsWithTheLastShardsAnswerAndTheFirstAnswerOfAShardStands() {
        Round order = begin(60, 40);
        coordinator.hear(answer(0, order, 60), 2);
        coordinator.hear(answer(0, order, 999), 3); // delivered twice, or asked twice
        List<Action> actions = coordinator.hear(answer(1, order, 40), 4);
        assertThat(sums).singleElement().extracting(Answer::count).isEqualTo(100L);
        assertThat(published(actions)).isInstanceOf(FinishedRerun.class);
    }

    @Test
    void aConvergedRerunMovesTheShardsToItsPoint() {
        List<Action> actions = end(begin(60, 40), 60, 40);
        ShardOrder order = ((Action.Tell) actions.get(1)).order();
        assertThat(order.round()).isNull();
        assertThat(Objects.requireNonNull(order.linearisation()).epoch()).isEqualTo(1);
    }

    @Test
    void answersToAnotherRerunOrRoundAreStale() {
        Round order = begin(60, 40);
        coordinator.hear(new ShardReport.Reply(0, 60, "another", 0, sum(60, 0)), 2);
        coordinator.hear(new ShardReport.Reply(0, 60, order.rerunId(), 7, sum(60, 0)), 2);
        coordinator.hear(answer(1, order, 40), 3);
        assertThat(sums).isEmpty();
    }

    @Test
    void overdueAnswersAreAskedForAgain() {
        Round order = begin(60, 40);
        assertThat(coordinator.tick(29_000)).isEmpty();
        assertThat(coordinator.tick(30_002)).containsExactly(new Action.Tell(new ShardOrder(null, order)));
    }

    @Test
    void nothingIsDueUntilSomethingChanges() {
        end(begin(60, 40), 60, 40);
        update(0, 60, 60, 0);
        update(1, 40, 40, 0);
        assertThat(coordinator.tick(1_000_000)).noneMatch(Action.Begun.class::isInstance);
    }

    @Test
    void growthMakesARerunDueAtOnceAndAnEditAfterTheInterval() {
        end(begin(60, 40), 60, 40);
        know(61, 40); // an edit: one more record, no more judgments
        coordinator.hear(status(0, 61, 60), 20);
        assertThat(begun(coordinator.tick(30))).isEmpty();
        assertThat(begun(coordinator.tick(10_011))).containsExactly(RerunReason.INTERVAL);
        coordinator = coordinator(Coordination.NOTHING);
        end(begin(60, 40), 60, 40);
        coordinator.hear(status(0, 91, 90), 100); // 130 = 1.3 times 100
        assertThat(begun(coordinator.tick(101))).containsExactly(RerunReason.GROWTH);
    }

    @Test
    void aFitThatCouldNotBeExactIsRepeatedThoughNothingChanged() {
        decrement = 1e-3;
        end(begin(60, 40), 60, 40);
        assertThat(begun(coordinator.tick(10_100))).containsExactly(RerunReason.INTERVAL);
    }

    @Test
    void whatAllShardsHoldAtThePointIsPublishedAsAnUpdateAtABoundedRate() {
        end(begin(600, 400), 600, 400);
        update(0, 601, 601, 0.01);
        assertThat(coordinator.tick(200)).isEmpty(); // the other shard is missing
        Update update = (Update) published(hearUpdate(1, 400, 0.01, 201));
        assertThat(update.sum().count()).isEqualTo(1001);
        assertThat(update.coveredOffsets()).containsExactly(601L, 400L);
        assertThat(hearUpdate(0, 602, 0.01, 290)).isEmpty(); // the other may have something too
        assertThat(coordinator.tick(300)).isEmpty();
        assertThat(published(coordinator.tick(301))).isInstanceOf(Update.class); // it is not waited for longer
        assertThat(coordinator.tick(1_000)).isEmpty(); // nothing new
    }

    @Test
    void belowAHundredJudgmentsAParameterNoUpdateIsPublished() {
        end(begin(60, 40), 60, 40);
        update(0, 61, 61, 0.01);
        update(1, 40, 40, 0.01);
        assertThat(coordinator.tick(200)).isEmpty();
    }

    @Test
    void statisticsAtAnotherPointAreNotAdded() {
        end(begin(600, 400), 600, 400);
        update(0, 601, 601, 0.01);
        coordinator.hear(new ShardReport.Update(1, 400, 7, sum(400, 0)), 100);
        assertThat(coordinator.tick(200)).isEmpty();
    }

    @Test
    void aRerunIsDueWhenUpdatesHaveDriftedAndGoesOnFromTheUpdate() {
        end(begin(600, 400), 600, 400);
        // J = n I, g = (s, s): λ² = 2 s²/n, drift 4 λ²/√(np).
        update(0, 601, 601, 20);
        update(1, 400, 400, 20);
        List<Action> actions = coordinator.tick(200);
        assertThat(begun(actions)).containsExactly(RerunReason.DRIFT);
        Round order = asked(actions);
        assertThat(warm()).isTrue();
        assertThat(order.question().point().reward().get(0)).isGreaterThan(1);
    }

    @Test
    void aResumedRerunThatDoesNotConvergeIsBegunAgainFromAStartOfItsOwn() {
        end(begin(600, 400), 600, 400);
        update(0, 601, 601, 20);
        update(1, 400, 400, 20);
        Round resumed = asked(coordinator.tick(200));
        status = FitStatus.NOT_CONVERGED;
        List<Action> actions = end(resumed, 601, 400);
        assertThat(actions).singleElement().isInstanceOf(Action.Tell.class);
        assertThat(warm()).isFalse();
        assertThat(published(end(asked(actions), 601, 400)))
                .isInstanceOfSatisfying(
                        FinishedRerun.class,
                        failed -> assertThat(failed.fit().converged()).isFalse());
    }

    @Test
    void aFailedRerunIsTriedAgainOnceTheDataHaveChangedButForATenthOfTheTime() {
        assertThat(SCHEDULE.due(failed(true, Duration.ofMillis(300), Duration.ofSeconds(2))))
                .isEmpty();
        assertThat(SCHEDULE.due(failed(true, Duration.ofMillis(300), Duration.ofSeconds(3))))
                .contains(RerunReason.RETRY);
        assertThat(SCHEDULE.due(failed(false, Duration.ofMillis(300), Duration.ofDays(2))))
                .isEmpty();
    }

    private static RerunSchedule.Situation failed(boolean changed, Duration after, Duration since) {
        return new RerunSchedule.Situation(901, 2, changed, 900, after, since, 0.5);
    }

    @Test
    void aCommandMakesAColdRerunDueAndIsNamedByIt() {
        end(begin(60, 40), 60, 40);
        List<Action> actions = coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 500);
        assertThat(begun(actions)).containsExactly(RerunReason.COMMAND);
        FinishedRerun ended = (FinishedRerun) published(end(asked(actions), 60, 40));
        assertThat(ended.commandIds()).containsExactly("c1");
    }

    @Test
    void aCommandDuringARerunWaitsForItsEnd() {
        Round order = begin(60, 40);
        assertThat(coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 3))
                .isEmpty();
        end(order, 60, 40);
        assertThat(begun(coordinator.tick(20))).containsExactly(RerunReason.COMMAND);
    }

    @Test
    void anErasureIsReceiptedAfterUpdateRerunAndTombstones() {
        end(begin(600, 400), 600, 400);
        update(0, 600, 600, 0.01);
        update(1, 400, 400, 0.01);
        coordinator.tick(200);
        assertThat(coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 5, 210))
                .singleElement()
                .isInstanceOf(Action.Denied.class);
        hearErasure(new ErasureProgress("e1", 20L, 0L, false, false), 220);
        assertThat(coordinator.tick(400)).isEmpty(); // the statistics known are from before
        update(0, 600, 580, 0.01);
        List<Action> actions = coordinator.tick(500);
        assertThat(((Update) published(actions)).sum().count()).isEqualTo(980);
        assertThat(begun(actions)).containsExactly(RerunReason.ERASURE);
        Publication rerun = published(end(asked(actions), 580, 400));
        coordinator.published(rerun, 7);
        assertThat(coordinator.hear(status(0, 600, 580), 700)).isEmpty();
        List<Action> receipts = hearErasure(new ErasureProgress("e1", 20L, 20L, true, false), 710);
        PendingErasure receipt = ((Action.Receipted) receipts.get(0)).erasure();
        assertThat(receipt.getVersionAfter()).isEqualTo(7);
        assertThat(receipt.getErasure().getVersionBefore()).isEqualTo(5);
        assertThat(receipt.getGap()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void anErasureIsAskedForAgainUntilItsTombstonesAreThere() {
        coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 5, 1000);
        assertThat(denied(coordinator.tick(30_000))).isEmpty();
        assertThat(denied(coordinator.tick(31_000))).containsExactly("e1");
        assertThat(denied(coordinator.tick(32_000))).isEmpty();
        hearErasure(new ErasureProgress("e1", 20L, 0L, false, false), 33_000);
        assertThat(denied(coordinator.tick(61_000))).containsExactly("e1");
        hearErasure(new ErasureProgress("e1", 20L, 20L, true, false), 62_000);
        assertThat(denied(coordinator.tick(91_000))).isEmpty();
    }

    @Test
    void aCoordinatorThatHasJustStartedAsksForErasuresThatWereLeftOpen() {
        coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 5, 1000);
        Coordinator successor = coordinator(coordinator.memory());
        assertThat(denied(successor.tick(1001))).containsExactly("e1");
    }

    @Test
    void aRollbackHoldsEstimatesBackUntilARerunIsAskedFor() {
        end(begin(600, 400), 600, 400);
        Command.Rollback rollback = new Command.Rollback("b1", Snapshots.any(), Instant.EPOCH);
        assertThat(published(coordinator.obey(rollback, 2, 100))).isInstanceOf(Rollback.class);
        update(0, 900, 900, 50);
        update(1, 900, 900, 50);
        assertThat(coordinator.tick(300)).isEmpty();
        List<Action> actions = coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 3, 400);
        assertThat(published(end(asked(actions), 900, 900))).isInstanceOf(FinishedRerun.class);
        coordinator.hear(new ShardReport.Update(0, 901, 2, sum(901, 0.01)), 500);
        ShardReport second = new ShardReport.Update(1, 900, 2, sum(900, 0.01));
        assertThat(published(coordinator.hear(second, 500))).isInstanceOf(Update.class);
    }

    @Test
    void aCoordinatorThatMovesGoesOnWithTheOpenRound() throws UndecodableException {
        end(begin(600, 400), 600, 400);
        coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 5, 20);
        Round order = asked(coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 30));
        CoordinationCodec codec = new CoordinationCodec();
        Coordination memory = codec.decode(codec.encode(coordinator.memory()));
        assertThat(memory).usingRecursiveComparison().isEqualTo(coordinator.memory());
        coordinator = coordinator(memory);
        assertThat(asked(coordinator.tick(40))).isEqualTo(order);
        FinishedRerun ended = (FinishedRerun) published(end(order, 600, 400));
        assertThat(ended.commandIds()).containsExactly("c1");
    }

    @Test
    void whereADescentCannotGoOnTheRerunBeginsAgain() {
        end(begin(600, 400), 600, 400);
        Round before = asked(coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 30));
        Coordination memory = coordinator.memory();
        SavedState saved = Objects.requireNonNull(memory.descent());
        SavedState ofAnotherBuild = new SavedState(SavedState.VERSION + 1, saved.kind(), saved.parts());
        for (Coordinator successor : List.of(
                coordinator(with(memory, ofAnotherBuild)),
                coordinator(with(memory, null)),
                coordinator(Method.LBFGS, memory))) {
            coordinator = successor;
            Round again = asked(coordinator.tick(40));
            assertThat(again.number()).isZero();
            assertThat(again.rerunId()).isNotEqualTo(before.rerunId()); // late replies are to another rerun
            FinishedRerun ended = (FinishedRerun) published(end(again, 600, 400));
            assertThat(ended.commandIds()).containsExactly("c1");
        }
    }

    private static Coordination with(Coordination memory, @Nullable SavedState descent) {
        return new Coordination(
                memory.order(),
                descent,
                memory.rerun(),
                memory.lastJudgments(),
                memory.commanded(),
                memory.held(),
                memory.erasures());
    }

    /** Recorded in the second round of a rerun by the build whose orders carried the state of the descent. */
    @Test
    void whatAnOlderBuildRememberedIsReadAndItsRerunBeginsAgain() throws IOException, UndecodableException {
        Coordination memory = new CoordinationCodec().decode(recorded("older-coordination.bin"));
        assertThat(memory.erasures()).hasSize(1);
        assertThat(memory.lastJudgments()).isEqualTo(500);
        Parameters origin = Parameters.zeros(4, 4);
        FitConfig fit = FitConfig.DEFAULTS;
        Descents descents = new Descents(Method.ALTERNATING, new AlternatingDescent(fit), fit.tolerance(), 2, origin);
        Coordinator successor = new Coordinator(descents, SCHEDULE, UPDATES, memory);
        ShardOrder order = ((Action.Tell) successor.tick(40).get(0)).order();
        assertThat(Objects.requireNonNull(order.linearisation()).epoch()).isEqualTo(3);
        Round again = Objects.requireNonNull(order.round());
        assertThat(again.rerunId()).isEqualTo("rerun-7-cold");
        assertThat(again.question()).isEqualTo(Question.moments(4, 4));
    }

    @Test
    void anOrderOfAnOlderBuildIsAnsweredWithoutItsState() throws IOException, UndecodableException {
        ShardOrder order = new ShardOrderCodec().decode(recorded("older-order.bin"));
        Round round = Objects.requireNonNull(order.round());
        assertThat(round.rerunId()).isEqualTo("rerun-7");
        assertThat(round.number()).isEqualTo(2);
        assertThat(round.question().trials()).hasSize(5);
        assertThat(new StoreShard(new DoubleComparisonStore(4, 4))
                        .answer(round.question())
                        .trials()
                        .logLikelihoods()
                        .size())
                .isEqualTo(5);
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = CoordinatorTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @Test
    void anOrderAtADimensionOf1024IsOfAtMost64Kilobytes() throws UndecodableException {
        double[] point = new SplittableRandom(5).doubles(1024 + 16, -1, 1).toArray();
        Parameters at = Parameters.of(point, 1024);
        List<Parameters> trials = new ArrayList<>();
        for (double length : new double[] {0, 0.5, 0.25, 0.125, 0.0625, -1}) { // all a step may ask, the opposite last
            trials.add(Parameters.of(at.joint().times(length), 1024));
        }
        Round round = new Round("rerun-1700000000000", 40, new Question(at, trials, Wanted.STATISTICS_AND_CLUSTERS));
        ShardOrderCodec codec = new ShardOrderCodec();
        byte[] bytes = codec.encode(new ShardOrder(new Linearisation(7, at), round));
        assertThat(bytes.length).isLessThanOrEqualTo(64 * 1024);
        assertThat(codec.decode(bytes).round()).isEqualTo(round);
    }

    @Test
    void aReportOfAShardThatThereIsNotIsObjectedTo() {
        assertThat(coordinator.objection(status(2, 1, 1))).hasValue("shard must be 0 to 1, was 2");
        assertThat(coordinator.objection(status(-1, 1, 1))).isPresent();
        assertThat(coordinator.objection(status(1, 1, 1))).isEmpty();
    }

    @Test
    void aReplyWithOtherSumsThanTheRoundAskedForIsObjectedTo() {
        Round order = begin(60, 40);
        assertThat(coordinator.objection(answer(0, order, 60)))
                .hasValueSatisfying(objection -> assertThat(objection).contains("must be there"));
        Answer moments = new StoreShard(new DoubleComparisonStore(1, 1)).answer(order.question());
        assertThat(coordinator.objection(new ShardReport.Reply(0, 60, order.rerunId(), order.number(), moments)))
                .isEmpty();
        assertThat(coordinator.objection(new ShardReport.Reply(0, 60, "another", order.number(), sum(60, 0))))
                .isEmpty(); // nobody awaits it
    }

    private void know(long first, long second) {
        coordinator.hear(status(0, first, first), 0);
        coordinator.hear(status(1, second, second), 0);
    }

    private Round begin(long first, long second) {
        know(first, second);
        return asked(coordinator.tick(1));
    }

    @Test
    void aRollbackSaysWhichRerunsItPutsAside() {
        end(begin(600, 400), 600, 400);
        coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 1, 90);
        coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 100); // begins
        coordinator.obey(new Command.Rerun("c2", Instant.EPOCH), 1, 110); // waits
        List<Action> actions = coordinator.obey(new Command.Rollback("b1", Snapshots.any(), Instant.EPOCH), 1, 120);
        assertThat(actions.stream()
                        .filter(Action.Superseded.class::isInstance)
                        .map(action -> ((Action.Superseded) action).commandId()))
                .containsExactlyInAnyOrder("c1", "c2");
    }

    private List<Action> end(Round order, long first, long second) {
        coordinator.hear(answer(0, order, first), 5);
        return coordinator.hear(answer(1, order, second), 6);
    }

    private List<Action> hearUpdate(int shard, long count, double score, long now) {
        return coordinator.hear(new ShardReport.Update(shard, count, 1, sum(count, score)), now);
    }

    private void update(int shard, long offset, long count, double score) {
        coordinator.hear(new ShardReport.Update(shard, offset, 1, sum(count, score)), 10);
    }

    private List<Action> hearErasure(ErasureProgress progress, long now) {
        return coordinator.hear(new ShardReport.Status(0, 600, 580, List.of(progress)), now);
    }

    private static Round asked(List<Action> actions) {
        return actions.stream()
                .filter(Action.Tell.class::isInstance)
                .map(action ->
                        Objects.requireNonNull(((Action.Tell) action).order().round()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static List<RerunReason> begun(List<Action> actions) {
        return actions.stream()
                .filter(Action.Begun.class::isInstance)
                .map(action -> RerunReason.of(((Action.Begun) action).rerun()))
                .toList();
    }

    private static List<String> denied(List<Action> actions) {
        return actions.stream()
                .filter(Action.Denied.class::isInstance)
                .map(action -> ((Action.Denied) action).erasure().getCommandId())
                .toList();
    }

    private static Publication published(List<Action> actions) {
        return actions.stream()
                .filter(Action.Publish.class::isInstance)
                .map(action -> ((Action.Publish) action).what())
                .findFirst()
                .orElseThrow();
    }

    private static ShardReport status(int shard, long offset, long judgments) {
        return new ShardReport.Status(shard, offset, judgments, List.of());
    }

    private static ShardReport answer(int shard, Round order, long count) {
        return new ShardReport.Reply(shard, count, order.rerunId(), order.number(), sum(count, 0));
    }

    /** J = count × I, g = (score, score). */
    private static Answer sum(long count, double score) {
        return new Answer(
                count,
                count,
                new Statistics(
                        0,
                        Vector.of(new double[] {score, score}),
                        Vector.of(new double[] {count, 0, count}),
                        Vector.zeros(1),
                        0,
                        Vector.zeros(3),
                        Double.POSITIVE_INFINITY,
                        0));
    }

    /** Whether the open rerun looks for no start of its own, as its descent remembers. */
    private boolean warm() {
        SavedState descent = Objects.requireNonNull(coordinator.memory().descent());
        return Objects.requireNonNull(descent.parts().get("warm"))[0] == 1;
    }
}
