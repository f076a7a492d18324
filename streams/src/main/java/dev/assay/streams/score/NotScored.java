package dev.assay.streams.score;

/** Thrown where a request cannot be answered. Without a stack trace: it is expected, and the message says all. */
public final class NotScored extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;

    /** Whose fault it is, and whether the same request may succeed later. */
    public enum Why {
        /** The request's: the message names field, bound and value. */
        REFUSED,
        /** Features are made elsewhere, and that is away. */
        FEATURES_UNAVAILABLE,
        /** No snapshot has been published yet. */
        NO_SNAPSHOT,
        /** The snapshot is of another feature space or context spec, or does not give the covariance asked for. */
        OTHER_SNAPSHOT
    }

    /** @param message field, bound and value, or what is missing */
    public NotScored(Why why, String message) {
        super(message, null, false, false);
        this.why = why;
    }

    /** @return whose fault it is */
    public Why why() {
        return why;
    }
}
