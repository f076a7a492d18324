package dev.assay.service.serve.dashboard;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** Judgments on the dead-letter topic, as {@code /v1/refusals} answers it. */
@Schema(name = "RefusalsAnswer")
public record Refusals(
        @Schema(description = "Records counted.", minimum = "0")
        long total,

        @Schema(description = "Whether there are older records that were not counted.")
        boolean truncated,

        @ArraySchema(arraySchema = @Schema(description = "The most frequent first."))
        List<Reason> reasons) {
    /** None counted. */
    public static final Refusals NONE = new Refusals(0, false, List.of());

    /** One reason. */
    @Schema(name = "RefusalReason")
    public record Reason(
            @Schema(description = "Code, as in the header assay.reason.")
            String reason,

            @Schema(description = "How many.", minimum = "1")
            long count,

            @Schema(description = "When the newest was sent.")
            Instant lastAt,

            @Schema(description = "Where the newest is: PARTITION@OFFSET, as assay dlq show takes it.")
            String last) {}

    public Refusals {
        reasons = List.copyOf(reasons);
    }
}
