package dev.assay.lab.chaos;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** How much of what a {@link Traffic} has sent. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonPropertyOrder({
    "judgments",
    "edits",
    "retractions",
    "repeats",
    "erasures",
    "late",
    "malformed",
    "acknowledged",
    "sentAgain"
})
final class TrafficCounts {
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
