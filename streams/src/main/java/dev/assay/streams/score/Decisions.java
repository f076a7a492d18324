package dev.assay.streams.score;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is kept of each answer on the topic of decisions. */
public enum Decisions {
    /** Nothing. */
    @JsonProperty("none")
    NONE,
    /** Rewards and bounds: replay needs the request's bytes from elsewhere. */
    @JsonProperty("bounds")
    BOUNDS,
    /** The response features too, 4 bytes a number. */
    @JsonProperty("features")
    FEATURES
}
