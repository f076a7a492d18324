package dev.assay.streams.model;

import java.time.Instant;

/**
 * One entry of the deny list.
 *
 * @param annotatorId who
 * @param commandId the command that asked for it
 * @param state how far it has come
 * @param versionBefore newest parameter version when it was asked; 0 where there was none
 * @param judgments comparisons that left the statistics; 0 before {@link State#SWEPT}
 * @param tombstones sent to the topic of comparisons; 0 before {@link State#SWEPT}
 * @param requestedAt when it was asked
 */
public record Erasure(
        String annotatorId,
        String commandId,
        State state,
        long versionBefore,
        long judgments,
        long tombstones,
        Instant requestedAt) {
    /** How far an erasure has come. In every state the annotator is out of the statistics and refused. */
    public enum State {
        /** The command was taken. */
        REQUESTED,
        /** Every key of the annotator has its tombstone. */
        SWEPT,
        /** The receipt is on the topic of events. */
        RECEIPTED
    }
}
