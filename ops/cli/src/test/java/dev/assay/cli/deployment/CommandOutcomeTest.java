package dev.assay.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.EventType;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandOutcomeTest {
    private static final Command RERUN = new Command.Rerun("c1", Instant.EPOCH);

    @Test
    void aRerunEndsWhenItIsCompletedOrHasFailedNotWhenItStarts() {
        assertThat(CommandOutcome.of(RERUN, event(EventType.RERUN_STARTED, "c1")))
                .isEmpty();
        assertThat(CommandOutcome.of(RERUN, event(EventType.RERUN_COMPLETED, "c1")))
                .contains(CommandOutcome.DONE);
        assertThat(CommandOutcome.of(RERUN, event(EventType.RERUN_FAILED, "c1")))
                .contains(CommandOutcome.FAILED);
    }

    @Test
    void oneRerunAnswersAllCommandsItNamesAndNoOther() {
        assertThat(CommandOutcome.of(RERUN, event(EventType.RERUN_COMPLETED, "c0,c1")))
                .contains(CommandOutcome.DONE);
        assertThat(CommandOutcome.of(RERUN, event(EventType.RERUN_COMPLETED, "c0,c11")))
                .isEmpty();
    }

    @Test
    void aRefusalEndsEveryCommand() {
        Command erase = new Command.EraseAnnotator("c1", "ann", Instant.EPOCH);
        assertThat(CommandOutcome.of(erase, event(EventType.COMMAND_REFUSED, "c1")))
                .contains(CommandOutcome.FAILED);
        assertThat(CommandOutcome.of(RERUN, event(EventType.COMMAND_REFUSED, "c1")))
                .contains(CommandOutcome.FAILED);
    }

    @Test
    void anErasureEndsWithItsReceiptNotWithTheRerunOnTheWay() {
        Command erase = new Command.EraseAnnotator("c1", "ann", Instant.EPOCH);
        assertThat(CommandOutcome.of(erase, event(EventType.RERUN_COMPLETED, "c1")))
                .isEmpty();
        assertThat(CommandOutcome.of(erase, event(EventType.ANNOTATOR_ERASED, "c1")))
                .contains(CommandOutcome.DONE);
    }

    private static Event event(EventType type, String commandId) {
        return new Event("e", type.name(), "m", null, "", Map.of("commandId", commandId), Instant.EPOCH);
    }
}
