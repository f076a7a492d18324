package dev.assay.lab.chaos;

/** How much of what a {@link Workload} has sent. */
final class WorkloadCounts {
    /** Judgments that were not there before. */
    int judgments;

    /** Judgments made again, also after a retraction. */
    int edits;

    int retractions;

    /** Exact repeats of the newest version. */
    int repeats;

    int malformed;
    int erasures;

    /** Judgments of annotators erased before. */
    int late;

    /** Sends that were not acknowledged and were repeated. */
    long sentAgain;

    /** Records acknowledged. */
    long acknowledged;
}
