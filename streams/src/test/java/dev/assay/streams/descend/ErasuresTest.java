package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An erasure may be told of twice, late or by a shard that knows less than the one before; none is dropped. */
class ErasuresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant ASKED = Instant.ofEpochMilli(77);
    private static final long VERSION = 5;

    private final Erasures erasures = new Erasures(List.of());

    @Test
    void anIdThatWasGivenToTwoAnnotatorsErasesBoth() {
        assertThat(denied(request("c1", "a"))).containsExactly("a");
        List<Action> second = request("c1", "b");
        assertThat(denied(second)).containsExactly("b");
        String ownId = ((Action.Denied) second.get(0)).erasure().getCommandId();
        assertThat(ownId).isEqualTo("c1@77");
        assertThat(erasures.commandIds()).containsExactly("c1", ownId);
        assertThat(Erasures.requestedAs(((Action.Denied) second.get(0)).erasure()))
                .contains("c1");
        assertThat(denied(request("c1", "c"))).containsExactly("c");
    }

    @Test
    void aCommandThatIsRepeatedChangesNothingAfterItsReceiptEither() {
        request("c1", "a");
        assertThat(request("c1", "a")).isEmpty();
        erasures.note(progress(0, 0, true, false), 10);
        assertThat(erasures.finish(true)).hasSize(1);
        assertThat(request("c1", "a")).isEmpty();
        assertThat(denied(request("c1", "b"))).containsExactly("b"); // though the first is not owed any more
        assertThat(erasures.commandIds()).containsExactly("c1@77");
    }

    @Test
    void aShardThatKnowsLessThanTheOneBeforeTakesNothingBack() {
        request("c1", "a");
        assertThat(erasures.note(progress(20, 0, false, true), 10)).isTrue();
        assertThat(erasures.note(progress(20, 20, true, false), 20)).isFalse();
        assertThat(erasures.note(progress(0, 0, false, true), 30)).isFalse();
        assertThat(erasures.due()).containsExactly("c1"); // the rerun is still to come
        assertThat(erasures.finish(false)).isEmpty();
        erasures.rerun(List.of("c1"), 7, 0.1);
        PendingErasure receipt = ((Action.Receipted) erasures.finish(false).get(0)).erasure();
        assertThat(Erasures.receipted(receipt).getJudgments()).isEqualTo(20);
        assertThat(Erasures.receipted(receipt).getTombstones()).isEqualTo(20);
    }

    @Test
    void whileAShardSaysThatItSearchesNobodyAsksAgain() {
        request("c1", "a");
        for (long now = 2_000; now <= 60_000; now += 2_000) {
            erasures.note(progress(20, 0, false, true), now);
            assertThat(erasures.askAgain(now + 1, PATIENCE)).isEmpty();
        }
        assertThat(erasures.askAgain(69_999, PATIENCE)).isEmpty();
        List<Action> again = erasures.askAgain(70_000, PATIENCE); // nothing was heard for all the patience
        assertThat(denied(again)).containsExactly("a");
        assertThat(((Action.Denied) again.get(0)).erasure().getJudgments()).isEqualTo(20);
    }

    @Test
    void anErasureWithoutAReceiptIsToldToBeOverdueOnceThoughTheCoordinatorMoves() {
        request("c1", "a");
        long due = 1 + Erasures.OVERDUE_AFTER * PATIENCE.toMillis();
        assertThat(overdue(erasures.askAgain(due - 1, PATIENCE))).isEmpty();
        assertThat(overdue(erasures.askAgain(due, PATIENCE))).containsExactly("c1");
        assertThat(overdue(erasures.askAgain(2 * due, PATIENCE))).isEmpty();
        Erasures successor = new Erasures(erasures.owed());
        assertThat(overdue(successor.askAgain(3 * due, PATIENCE))).isEmpty();
    }

    @Test
    void whatAnEarlierBuildOwedIsOverdueCountedFromTheFirstLook() {
        PendingErasure older = PendingErasure.newBuilder()
                .setErasure(entry("a", "c1", ErasureState.REQUESTED))
                .build();
        Erasures successor = new Erasures(List.of(older));
        long due = 1 + Erasures.OVERDUE_AFTER * PATIENCE.toMillis();
        assertThat(overdue(successor.askAgain(1, PATIENCE))).isEmpty();
        assertThat(overdue(successor.askAgain(due, PATIENCE))).containsExactly("c1");
    }

    @Test
    void aCoordinatorThatStartsAsksForEachCommandWithoutAReceipt() {
        ErasureHistory history = new ErasureHistory(
                List.of(command("c1", "a"), command("c2", "b"), command("c2", "b"), command("c3", "c")),
                Set.of("c1"),
                List.of(entry("a", "c1", ErasureState.RECEIPTED)));
        assertThat(denied(erasures.recall(history, VERSION, 1))).containsExactly("b", "c");
        assertThat(erasures.commandIds()).containsExactly("c2", "c3");
        assertThat(erasures.recall(history, VERSION, 2)).isEmpty();
    }

    @Test
    void whatIsOwedOrWasReceiptedMeanwhileIsNotAskedForAgain() {
        request("c1", "a");
        request("c2", "b");
        erasures.note(new ErasureProgress("c2", 0L, 0L, true, false), 2);
        erasures.finish(true);
        ErasureHistory history =
                new ErasureHistory(List.of(command("c1", "a"), command("c2", "b")), Set.of(), List.of());
        assertThat(erasures.recall(history, VERSION, 3)).isEmpty();
        assertThat(erasures.commandIds()).containsExactly("c1");
    }

    @Test
    void theDenyListSaysWhatIsOwedWhereTheCommandIsGone() {
        ErasureHistory history = new ErasureHistory(
                List.of(),
                Set.of("c3"),
                List.of(
                        entry("a", "c1", ErasureState.SWEPT),
                        entry("b", "c2", ErasureState.RECEIPTED),
                        entry("c", "c3", ErasureState.SWEPT)));
        List<Action> actions = erasures.recall(history, VERSION, 1);
        assertThat(erasures.commandIds()).containsExactly("c1");
        assertThat(actions).hasSize(2);
        Erasure again = ((Action.Denied) actions.get(0)).erasure();
        assertThat(ErasureState.of(again)).isEqualTo(ErasureState.REQUESTED);
        assertThat(again.getJudgments()).isEqualTo(3); // what is known goes along
        assertThat(again.getVersionBefore()).isEqualTo(2);
        // SWEPT came after RECEIPTED: its shard would owe it for ever.
        Erasure ended = ((Action.Denied) actions.get(1)).erasure();
        assertThat(ended.getCommandId()).isEqualTo("c3");
        assertThat(ErasureState.of(ended)).isEqualTo(ErasureState.RECEIPTED);
    }

    @Test
    void aReceiptThatWasLostIsWrittenAgainThoughTheDenyListHasItsEntry() {
        ErasureHistory history = new ErasureHistory(
                List.of(command("c1", "a")), Set.of(), List.of(entry("a", "c1", ErasureState.RECEIPTED)));
        Erasure again = ((Action.Denied) erasures.recall(history, VERSION, 1).get(0)).erasure();
        assertThat(ErasureState.of(again)).isEqualTo(ErasureState.REQUESTED);
        assertThat(again.getJudgments()).isEqualTo(3);
    }

    private List<Action> request(String commandId, String annotatorId) {
        return erasures.request(command(commandId, annotatorId), VERSION, 1);
    }

    private static Command.EraseAnnotator command(String commandId, String annotatorId) {
        return new Command.EraseAnnotator(commandId, annotatorId, ASKED);
    }

    private static Erasure entry(String annotatorId, String commandId, ErasureState state) {
        return new Erasure(annotatorId, commandId, state.name(), 2L, 3L, 3L, ASKED);
    }

    private static ErasureProgress progress(long judgments, long tombstones, boolean swept, boolean searching) {
        return new ErasureProgress("c1", judgments, tombstones, swept, searching);
    }

    private static List<String> denied(List<Action> actions) {
        return actions.stream()
                .map(action -> ((Action.Denied) action).erasure().getAnnotatorId())
                .toList();
    }

    private static List<String> overdue(List<Action> actions) {
        return actions.stream()
                .filter(Action.Overdue.class::isInstance)
                .map(action -> ((Action.Overdue) action).erasure().getErasure().getCommandId())
                .toList();
    }
}
