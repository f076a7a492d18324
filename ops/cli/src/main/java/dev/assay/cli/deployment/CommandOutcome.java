package dev.assay.cli.deployment;

import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.EventType;
import java.util.List;
import java.util.Optional;

/** What an event says of how a command ended. */
enum CommandOutcome {
    /** It was carried out. */
    DONE,
    /** It was refused, or came to nothing. */
    FAILED;

    /** @return how {@code command} ended; empty where the event is about something else, or not about an end */
    static Optional<CommandOutcome> of(Command command, Event event) {
        // One rerun may answer several commands.
        String named = event.getFacts().getOrDefault("commandId", "");
        boolean ours = named.equals(command.commandId())
                || List.of(named.split(",", -1)).contains(command.commandId());
        if (!ours) {
            return Optional.empty();
        }
        if (EventType.of(event) == EventType.COMMAND_REFUSED) {
            return Optional.of(FAILED);
        }
        if (command instanceof Command.Rerun) {
            return switch (EventType.of(event)) {
                case RERUN_COMPLETED -> Optional.of(DONE);
                case RERUN_FAILED -> Optional.of(FAILED);
                default -> Optional.empty();
            };
        }
        EventType end = command instanceof Command.Rollback ? EventType.PUBLISHED : EventType.ANNOTATOR_ERASED;
        return EventType.of(event) == end ? Optional.of(DONE) : Optional.empty();
    }
}
