package dev.assay.streams.quarantine;

import dev.assay.schemas.UndecodableException;

/**
 * The record that is being read is of no use to its reader, who has changed nothing because of it but what its absence would.
 * Unchecked, as it passes through Kafka Streams to the {@link ProcessingQuarantine}.
 */
public final class UnusableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final QuarantineReason reason;

    private UnusableRecordException(QuarantineReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** @param message names field, bound and value; no prompts, responses or annotator ids */
    public static UnusableRecordException because(QuarantineReason reason, String message) {
        return new UnusableRecordException(reason, message);
    }

    /** Its bytes are no value of its topic. */
    public static UnusableRecordException of(UndecodableException e) {
        return because(
                e.schemaKnown() ? QuarantineReason.UNDECODABLE : QuarantineReason.UNKNOWN_SCHEMA,
                String.valueOf(e.getMessage()));
    }

    public QuarantineReason reason() {
        return reason;
    }
}
