package dev.assay.streams.quarantine;

/** Why a record is in quarantine; the header has the name. */
public enum QuarantineReason {
    /** It has no value where a tombstone means nothing. */
    NO_VALUE,
    /** Its key is missing, or none that its topic has, or not the one its value names. */
    KEY,
    /** Its frame names a schema that nobody knows, or one of another topic. */
    UNKNOWN_SCHEMA,
    /** The schema is known, but the bytes do not follow it, or the value breaks a rule of its own. */
    UNDECODABLE,
    /** It can be read, and is not for this deployment: a shard, a dimension or a magnitude that it does not have. */
    OUT_OF_BOUNDS,
    /** Its reader failed while it worked on it; the message is the failure's. */
    FAILED
}
