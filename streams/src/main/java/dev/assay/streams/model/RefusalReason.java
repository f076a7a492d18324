package dev.assay.streams.model;

/** Why a record was refused; the name of the constant is the reason code on the dead-letter topic and in the metrics. */
public enum RefusalReason {
    /** The record has no value where a judgment was expected. */
    EMPTY_RECORD,
    /** The record names a schema that this deployment does not know. */
    UNKNOWN_SCHEMA,
    /** The bytes could not be decoded with the schema they name. */
    UNDECODABLE,
    /** A field that must be present is absent or blank. */
    MISSING_FIELD,
    /** A text is longer than its bound. */
    TOO_LONG,
    /** The judgment has too few or too many responses. */
    RESPONSE_COUNT,
    /** The ranking does not name each response exactly once. */
    INVALID_RANKING,
    /** The weight is negative, not finite or above its bound. */
    INVALID_WEIGHT,
    /** A context attribute that the spec uses has a value that cannot be encoded. */
    INVALID_CONTEXT,
    /** A response lacks what its feature space needs: the vector, or the text. */
    FEATURES_MISSING,
    /** A response names another feature space than that of this deployment. */
    FEATURE_SPACE_MISMATCH,
    /** A feature vector has another dimension than its feature space. */
    FEATURE_DIMENSION,
    /** A feature vector contains NaN or an infinity. */
    FEATURES_NOT_FINITE,
    /** Two responses have the same id. Equal features are no fault: such a judgment says nothing and is admitted. */
    IDENTICAL_RESPONSES,
    /** The annotator is on the deny list of erased annotators. */
    ANNOTATOR_ERASED,
    /** The embedding server gave no features for a text; redriving the judgment asks it again. */
    FEATURES_UNAVAILABLE,
    /** A platform's payload was not understood, or only in part; what was understood was taken. */
    PLATFORM_PAYLOAD,
    /** A platform takes back, by its own id, what nobody knows. */
    UNKNOWN_PLATFORM_ID
}
