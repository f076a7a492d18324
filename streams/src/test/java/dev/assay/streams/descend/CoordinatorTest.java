package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.descent.Wanted;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.PendingErasure;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import dev.assay.streams.wire.CoordinationCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final RerunSchedule SCHEDULE =
            new RerunSchedule(100, 0.1, 1.3, 2, 0, Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final Duration UPDATES = Duration.ofMillis(100);
    private static final Parameters ORIGIN = Parameters.zeros(1, 1);

    /** Ends every rerun with its first round; what it was given is kept. */
    private final List<ShardSum> sums = new ArrayList<>();

    private final List<RoundOrder> asked = new ArrayList<>();
    private double decrement;
    private FitStatus status = FitStatus.CONVERGED;
    private final Descent oneRound = (order, answer) -> {
        asked.add(order);
        sums.add(answer);
        Parameters point = Parameters.of(Vector.of(new double[] {1, 0.5}), 1);
        return new Step.Done(new Fit(status, point, answer, decrement, 1, List.of()));
    };
    private Coordinator coordinator = coordinator(Coordination.NOTHING);

    private Coordinator coordinator(Coordination before) {
        return new Coordinator(oneRound, FitConfig.DEFAULTS, SCHEDULE, UPDATES, 2, ORIGIN, before);
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
            assertThat(begun.rerun().reason()).isEqualTo(RerunReason.FIRST);
            assertThat(begun.rerun().judgments()).isEqualTo(100);
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
        RoundOrder order = begin(60, 40);
        coordinator.hear(answer(0, order, 60), 2);
        coordinator.hear(answer(0, order, 999), 3); // delivered twice, or asked twice
        List<Action> actions = coordinator.hear(answer(1, order, 40), 4);
        assertThat(sums).singleElement().extracting(ShardSum::count).isEqualTo(100L);
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
        RoundOrder order = begin(60, 40);
        coordinator.hear(new ShardReport.Answer(0, 60, "another", 0, sum(60, 0)), 2);
        coordinator.hear(new ShardReport.Answer(0, 60, order.rerunId(), 7, sum(60, 0)), 2);
        coordinator.hear(answer(1, order, 40), 3);
        assertThat(sums).isEmpty();
    }

    @Test
    void overdueAnswersAreAskedForAgain() {
        RoundOrder order = begin(60, 40);
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
        RoundOrder order = asked(actions);
        assertThat(order.state().warm()).isTrue();
        assertThat(order.point().reward().get(0)).isGreaterThan(1);
    }

    @Test
    void aResumedRerunThatDoesNotConvergeIsBegunAgainFromAStartOfItsOwn() {
        end(begin(600, 400), 600, 400);
        update(0, 601, 601, 20);
        update(1, 400, 400, 20);
        RoundOrder resumed = asked(coordinator.tick(200));
        status = FitStatus.NOT_CONVERGED;
        List<Action> actions = end(resumed, 601, 400);
        assertThat(actions).singleElement().isInstanceOf(Action.Tell.class);
        assertThat(asked(actions).state().warm()).isFalse();
        assertThat(published(end(asked(actions), 601, 400)))
                .isInstanceOfSatisfying(
                        FinishedRerun.class,
                        failed -> assertThat(failed.fit().converged()).isFalse());
    }

    @Test
    void aFailedRerunIsNotTriedAgainForDrift() {
        RerunSchedule.Situation failed =
                new RerunSchedule.Situation(1000, 2, true, 900, true, Duration.ofSeconds(1), 0.5);
        assertThat(SCHEDULE.due(failed)).isEmpty();
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
        RoundOrder order = begin(60, 40);
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
        hearErasure(new ErasureProgress("e1", 20, 0, false), 220);
        assertThat(coordinator.tick(400)).isEmpty(); // the statistics known are from before
        update(0, 600, 580, 0.01);
        List<Action> actions = coordinator.tick(500);
        assertThat(((Update) published(actions)).sum().count()).isEqualTo(980);
        assertThat(begun(actions)).containsExactly(RerunReason.ERASURE);
        Publication rerun = published(end(asked(actions), 580, 400));
        coordinator.published(rerun, 7);
        assertThat(coordinator.hear(status(0, 600, 580), 700)).isEmpty();
        List<Action> receipts = hearErasure(new ErasureProgress("e1", 20, 20, true), 710);
        PendingErasure receipt = ((Action.Receipted) receipts.get(0)).erasure();
        assertThat(receipt.versionAfter()).isEqualTo(7);
        assertThat(receipt.erasure().getVersionBefore()).isEqualTo(5);
        assertThat(receipt.gap()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void anErasureIsAskedForAgainUntilItsTombstonesAreThere() {
        coordinator.obey(new Command.EraseAnnotator("e1", "a", Instant.EPOCH), 5, 1000);
        assertThat(denied(coordinator.tick(30_000))).isEmpty();
        assertThat(denied(coordinator.tick(31_000))).containsExactly("e1");
        assertThat(denied(coordinator.tick(32_000))).isEmpty();
        hearErasure(new ErasureProgress("e1", 20, 0, false), 33_000);
        assertThat(denied(coordinator.tick(61_000))).containsExactly("e1");
        hearErasure(new ErasureProgress("e1", 20, 20, true), 62_000);
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
        RoundOrder order = asked(coordinator.obey(new Command.Rerun("c1", Instant.EPOCH), 1, 30));
        CoordinationCodec codec = new CoordinationCodec();
        Coordination memory = codec.decode(codec.encode(coordinator.memory()));
        assertThat(memory).isEqualTo(coordinator.memory());
        coordinator = coordinator(memory);
        assertThat(asked(coordinator.tick(40))).isEqualTo(order);
        FinishedRerun ended = (FinishedRerun) published(end(order, 600, 400));
        assertThat(ended.commandIds()).containsExactly("c1");
    }

    @Test
    void aReportOfAShardThatCannotBeIsOurMistake() {
        assertThatThrownBy(() -> coordinator.hear(status(2, 1, 1), 0)).hasMessageContaining("shards 0 to 1");
    }

    private void know(long first, long second) {
        coordinator.hear(status(0, first, first), 0);
        coordinator.hear(status(1, second, second), 0);
    }

    private RoundOrder begin(long first, long second) {
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

    private List<Action> end(RoundOrder order, long first, long second) {
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

    private static RoundOrder asked(List<Action> actions) {
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
                .map(action -> ((Action.Begun) action).rerun().reason())
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

    private static ShardReport answer(int shard, RoundOrder order, long count) {
        return new ShardReport.Answer(shard, count, order.rerunId(), order.round(), sum(count, 0));
    }

    /** J = count × I, g = (score, score). */
    private static ShardSum sum(long count, double score) {
        ShardSum zero = ShardSum.zero(1, 1, 0, Wanted.STATISTICS_AND_CLUSTERS);
        return new ShardSum(
                count,
                count,
                0,
                zero.trialLogLikelihoods(),
                Vector.of(new double[] {score, score}),
                Vector.of(new double[] {count, 0, count}),
                zero.cross(),
                0,
                zero.meat(),
                zero.minimumSignedMargin(),
                0,
                zero.differenceMoment(),
                zero.contextMoment(),
                zero.crossMoment());
    }
}
