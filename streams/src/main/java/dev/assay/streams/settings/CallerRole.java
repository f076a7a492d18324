package dev.assay.streams.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the bearer of a token may do. */
public enum CallerRole {
    /** Send judgments and take them back. */
    @JsonProperty("write")
    WRITE,
    /** Erase annotators, for good. */
    @JsonProperty("erase")
    ERASE,
    /** Ask for estimates; nothing of the gateway's own needs it. */
    @JsonProperty("read")
    READ
}
