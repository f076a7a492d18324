package dev.assay.streams.model;

/** Why a rerun is due. */
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
    INTERVAL
}
