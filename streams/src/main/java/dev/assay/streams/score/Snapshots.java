package dev.assay.streams.score;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which snapshots requests are answered from. */
public enum Snapshots {
    /** Every one: a judgment counts at once. */
    @JsonProperty("newest")
    NEWEST,
    /** Those of reruns and rollbacks only: they are kept for a year, so what was answered can be computed again. */
    @JsonProperty("reruns")
    RERUNS
}
