package dev.assay.streams.descend;

import dev.assay.streams.model.Command;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator that starts reads again of erasures, and the commands that came meanwhile: until it is read, nobody knows
 * which of them have their receipt, and a group whose offsets were reset gets all of them once more.
 */
final class ErasuresAgain {
    private final List<Command.EraseAnnotator> waiting = new ArrayList<>();
    private ErasureLog.@Nullable Reading reading; // null once it is taken over

    /** Takes over what was read. */
    @FunctionalInterface
    interface Known {
        /** @param waiting commands that came meanwhile, in their order */
        void take(ErasureHistory history, List<Command.EraseAnnotator> waiting);
    }

    void begin(ErasureLog log) {
        reading = log.read();
    }

    /** @return whether a command waits; one that is lost here is read again by the next coordinator */
    boolean holds(Command command) {
        return reading != null && command instanceof Command.EraseAnnotator erase && waiting.add(erase);
    }

    /** Hands over what was read, once. */
    void ifRead(Known known) {
        if (reading != null) {
            reading.history().ifPresent(history -> {
                List<Command.EraseAnnotator> held = List.copyOf(waiting);
                close();
                known.take(history, held);
            });
        }
    }

    void close() {
        waiting.clear();
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }
}
