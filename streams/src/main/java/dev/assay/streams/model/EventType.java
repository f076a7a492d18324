package dev.assay.streams.model;

import dev.assay.schemas.publish.Event;

/** What an event may say has happened; the record has the name. */
public enum EventType {
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
    /** An annotator's judgments do not fit the model of annotators like this one. */
    ANNOTATOR_FLAGGED,
    /** A fit was made, and found something about what its judgments can determine. */
    IDENTIFIABILITY,
    /** The receipt of an erasure. */
    ANNOTATOR_ERASED,
    /** A transaction that a broker had left open for ever was ended. */
    TRANSACTION_ENDED,
    /** An erasure has had no receipt for long; it goes on. */
    ERASURE_OVERDUE,
    /** What the coordinator remembered could not be read, and it has begun anew. */
    MEMORY_UNREADABLE,
    /** A command could not be carried out. */
    COMMAND_REFUSED,
    /** A record that its reader cannot use was put aside, and the next one read. */
    RECORD_QUARANTINED;

    /** @throws IllegalArgumentException if the record names another; none that was decoded does */
    public static EventType of(Event event) {
        return valueOf(event.getType());
    }
}
