package dev.assay.service.serve.dashboard;

import dev.assay.service.http.Doc;
import java.time.Instant;
import java.util.List;

/** Judgments on the dead-letter topic, as {@code /v1/refusals} answers it. */
@Doc(name = "RefusalsAnswer")
public record Refusals(
        @Doc(value = "Records counted.", min = 0) long total,

        @Doc("Whether there are older records that were not counted.")
        boolean truncated,

        @Doc("The most frequent first.") List<Reason> reasons) {
    /** None counted. */
    public static final Refusals NONE = new Refusals(0, false, List.of());

    /** One reason. */
    @Doc(name = "RefusalReason")
    public record Reason(
            @Doc("Code, as in the header assay.reason.") String reason,

            @Doc(value = "How many.", min = 1) long count,

            @Doc("When the newest was sent.") Instant lastAt,

            @Doc("Where the newest is: PARTITION@OFFSET, as assay dlq show takes it.")
            String last) {}

    public Refusals {
        reasons = List.copyOf(reasons);
    }
}
