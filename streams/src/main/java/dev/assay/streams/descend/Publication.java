package dev.assay.streams.descend;

/** What the coordinator hands on to be published. */
public sealed interface Publication permits FinishedRerun, Rollback, Update {}
