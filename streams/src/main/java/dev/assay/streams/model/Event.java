package dev.assay.streams.model;

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
        /** A snapshot of a rerun, or of an older version again, is on the topic of parameters; not sent for updates. */
        PUBLISHED,
        /** The updates since the last rerun have drifted from the exact maximum; a rerun follows. */
        DRIFT,
        /** An annotator's judgments do not fit the model of annotators like him. */
        ANNOTATOR_FLAGGED,
        /** A fit was made, and found something about what its judgments can determine. */
        IDENTIFIABILITY,
        /** The receipt of an erasure. */
        ANNOTATOR_ERASED,
        /** A command could not be carried out. */
        COMMAND_REFUSED
    }
}
