package dev.assay.streams.adapt;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a pipeline may act on.
 *
 * @param eventId unique within the model
 * @param type what happened
 * @param model name of the deployment
 * @param parameterVersion the snapshot it is about, if any
 * @param message what happened, in one sentence
 * @param facts the same in fields
 * @param time when it happened
 */
public record Event(
        String eventId,
        Type type,
        String model,
        @Nullable Long parameterVersion,
        String message,
        Map<String, String> facts,
        Instant time) {

    /** What can happen. */
    public enum Type {
        /** A rerun asked its first round. */
        RERUN_STARTED,
        /** A rerun converged. */
        RERUN_COMPLETED,
        /** A rerun ended without an estimate; the old snapshot stays. */
        RERUN_FAILED,
        /** A new snapshot is on the topic of parameters. */
        PUBLISHED
    }
}
