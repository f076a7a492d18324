package dev.assay.streams.model;

import dev.assay.schemas.descend.OpenRerun;

/** Why a rerun is due; the record has the name. */
public enum RerunReason {
    /** The first comparisons are there. */
    FIRST,
    /** Somebody asked. */
    COMMAND,
    /** An annotator was erased. */
    ERASURE,
    /** The last attempt gave no estimate, and something has changed. */
    RETRY,
    /** Updates have moved far from where the statistics were taken. */
    DRIFT,
    /** There are more comparisons by the growth factor. */
    GROWTH,
    /** There are so many more comparisons. */
    JUDGMENTS,
    /** Something changed, and the interval has passed. */
    INTERVAL;

    /** @throws IllegalArgumentException if the record names another; none that was decoded does */
    public static RerunReason of(OpenRerun rerun) {
        return valueOf(rerun.getReason());
    }
}
