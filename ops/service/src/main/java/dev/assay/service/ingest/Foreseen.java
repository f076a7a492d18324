package dev.assay.service.ingest;

import java.util.Optional;

/** What the estimator is going to say of a judgment, as far as that is cheap to know: a client should hear it at once. */
@FunctionalInterface
public interface Foreseen {
    /** @return the refusal, if there would be one */
    Optional<Refused> refusal(byte[] encodedJudgment);

    /**
     * A refusal.
     *
     * @param reason its code on the dead-letter topic
     * @param message field, bound and value
     */
    record Refused(String reason, String message) {}
}
