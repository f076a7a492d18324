package dev.assay.streams.model;

import dev.assay.schemas.descend.Erasure;

/** How far an erasure has come. In every state the annotator is out of the statistics and refused. The record has the name. */
public enum ErasureState {
    /** The command was taken. */
    REQUESTED,
    /** Every key of the annotator has its tombstone. */
    SWEPT,
    /** The receipt is on the topic of events. */
    RECEIPTED;

    /** @throws IllegalArgumentException if the record names another; none that was decoded does */
    public static ErasureState of(Erasure erasure) {
        return valueOf(erasure.getState());
    }
}
