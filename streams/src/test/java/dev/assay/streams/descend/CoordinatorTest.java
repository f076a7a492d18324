package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.Precision;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.Step;
import dev.assay.estimator.descent.Wanted;
import dev.assay.streams.adapt.ShardReport;
import dev.assay.streams.descend.Coordinator.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final double TOLERANCE = 1e-7;
    private static final RerunSchedule SCHEDULE =
            new RerunSchedule(100, 1.3, Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Ends every rerun with its first round; what it was given is kept. */
    private final List<ShardSum> sums = new ArrayList<>();

    private double decrement;
    private final Descent oneRound = (asked, answer) -> {
        sums.add(answer);
        return new Step.Done(new Fit(FitStatus.CONVERGED, Parameters.zeros(1, 1), answer, decrement, 1, List.of()));
    };
    private final Coordinator coordinator = new Coordinator(oneRound, TOLERANCE, SCHEDULE, 2, 1, 1);

    @Test
    void nothingBeginsBeforeEveryShardIsKnown() {
        assertThat(coordinator.hear(status(0, 500, 500), 0)).isEmpty();
        assertThat(coordinator.tick(100)).isEmpty();
    }

    @Test
    void theFirstRerunBeginsWithEnoughJudgments() {
        coordinator.hear(status(0, 60, 60), 0);
        List<Action> actions = coordinator.hear(status(1, 40, 40), 1);
        assertThat(actions).hasSize(2);
        assertThat(actions.get(0)).isInstanceOfSatisfying(Action.Begun.class, begun -> {
            assertThat(begun.reason()).isEqualTo(RerunSchedule.Reason.FIRST);
            assertThat(begun.judgments()).isEqualTo(100);
        });
        assertThat(actions.get(1)).isInstanceOf(Action.Ask.class);
    }

    @Test
    void tooFewJudgmentsBeginNothing() {
        coordinator.hear(status(0, 60, 60), 0);
        assertThat(coordinator.hear(status(1, 39, 39), 1)).isEmpty();
    }

    @Test
    void aRoundEndsWithTheLastShardsAnswerAndTheFirstAnswerOfAShardStands() {
        RoundOrder order = begin(0);
        coordinator.hear(answer(0, order, 60), 2);
        coordinator.hear(answer(0, order, 999), 3); // delivered twice, or asked twice
        List<Action> actions = coordinator.hear(answer(1, order, 40), 4);
        assertThat(sums).singleElement().extracting(ShardSum::count).isEqualTo(100L);
        assertThat(actions).singleElement().isInstanceOf(Action.Ended.class);
    }

    @Test
    void answersToAnotherRerunOrRoundAreStale() {
        RoundOrder order = begin(0);
        coordinator.hear(new ShardReport.Answer(0, 60, "another", 0, sum(60)), 2);
        coordinator.hear(new ShardReport.Answer(0, 60, order.rerunId(), 7, sum(60)), 2);
        coordinator.hear(answer(1, order, 40), 3);
        assertThat(sums).isEmpty();
    }

    @Test
    void overdueAnswersAreAskedForAgain() {
        RoundOrder order = begin(0);
        assertThat(coordinator.tick(29_000)).isEmpty();
        assertThat(coordinator.tick(30_001)).containsExactly(new Action.Ask(order));
    }

    @Test
    void nothingIsDueUntilSomethingChanges() {
        end(begin(0), 60, 40);
        assertThat(coordinator.tick(1_000_000)).isEmpty();
    }

    @Test
    void growthMakesARerunDueAtOnceAndAnEditAfterTheInterval() {
        end(begin(0), 60, 40);
        assertThat(coordinator.hear(status(0, 91, 90), 100)).isNotEmpty(); // 130 = 1.3 times 100
        Coordinator other = new Coordinator(oneRound, TOLERANCE, SCHEDULE, 1, 1, 1);
        RoundOrder order = ((Action.Ask) other.hear(status(0, 100, 100), 0).get(1)).order();
        other.hear(answer(0, order, 100), 10);
        assertThat(other.hear(status(0, 101, 100), 20)).isEmpty(); // an edit: one more record, no more judgments
        assertThat(other.tick(10_011)).isNotEmpty();
    }

    @Test
    void aFitThatCouldNotBeExactIsRepeatedThoughNothingChanged() {
        decrement = 1e-3;
        end(begin(0), 60, 40);
        assertThat(coordinator.tick(10_100)).isNotEmpty();
    }

    @Test
    void aReportOfAShardThatCannotBeIsOurMistake() {
        assertThatThrownBy(() -> coordinator.hear(status(2, 1, 1), 0)).hasMessageContaining("shards 0 to 1");
    }

    private RoundOrder begin(long now) {
        coordinator.hear(status(0, 60, 60), now);
        return ((Action.Ask) coordinator.hear(status(1, 40, 40), now).get(1)).order();
    }

    private void end(RoundOrder order, long first, long second) {
        coordinator.hear(answer(0, order, first), 5);
        coordinator.hear(answer(1, order, second), 6);
    }

    private static ShardReport status(int shard, long offset, long judgments) {
        return new ShardReport.Status(shard, offset, judgments, List.of());
    }

    private static ShardReport answer(int shard, RoundOrder order, long count) {
        return new ShardReport.Answer(shard, count, order.rerunId(), order.round(), sum(count));
    }

    private static ShardSum sum(long count) {
        ShardSum zero = ShardSum.zero(1, 1, 0, new Wanted(false, false, false, false, Precision.FAST));
        return new ShardSum(
                count,
                count,
                0,
                zero.trialLogLikelihoods(),
                zero.score(),
                zero.information(),
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
