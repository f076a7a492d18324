package dev.assay.streams.model;

import java.time.Instant;

/** What somebody asks of a deployment. */
public sealed interface Command {
    /** @return unique within the model; the same id again is the same command */
    String commandId();

    /** @return when it was asked */
    Instant requestedAt();

    /** Rerun now; also ends the hold of a {@link Rollback}. */
    record Rerun(String commandId, Instant requestedAt) implements Command {}

    /**
     * Erase an annotator: from the statistics at once, from the topics by tombstones and retention, for good.
     *
     * @param annotatorId who
     */
    record EraseAnnotator(String commandId, String annotatorId, Instant requestedAt) implements Command {}

    /**
     * Publish an older snapshot under a new version, and nothing newer until a {@link Rerun} is asked for.
     *
     * @param snapshot the older one
     */
    record Rollback(String commandId, ParameterSnapshot snapshot, Instant requestedAt) implements Command {}
}
