package dev.assay.service.serve.dashboard;

import java.time.Instant;
import java.util.List;

/**
 * Judgments on the dead-letter topic.
 *
 * @param total how many were counted
 * @param truncated whether there are older ones that were not
 * @param reasons the most frequent first
 */
public record Refusals(long total, boolean truncated, List<Reason> reasons) {
    /** None counted. */
    public static final Refusals NONE = new Refusals(0, false, List.of());

    /**
     * One reason.
     *
     * @param reason its code
     * @param count how many
     * @param lastAt when the newest was refused
     * @param last where that one is, PARTITION@OFFSET, as {@code assay dlq show} takes it
     */
    public record Reason(String reason, long count, Instant lastAt, String last) {}

    public Refusals {
        reasons = List.copyOf(reasons);
    }
}
