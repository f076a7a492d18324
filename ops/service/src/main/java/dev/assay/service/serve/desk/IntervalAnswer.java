package dev.assay.service.serve.desk;

import dev.assay.estimator.inference.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An {@link Interval} in an answer. */
@Schema(name = "Interval", description = "Two-sided.")
public record IntervalAnswer(
        @Schema(description = "What is asked for, in its unit.")
        double estimate,

        @Schema(description = "Of the estimate, in its unit; 0 or more.", minimum = "0")
        double standardError,

        @Schema(description = "Lower end of the interval.") double lower,

        @Schema(description = "Upper end of the interval.") double upper) {
    /** The same numbers. */
    public static IntervalAnswer of(Interval interval) {
        return new IntervalAnswer(interval.estimate(), interval.standardError(), interval.lower(), interval.upper());
    }

    /** @return the number; null, which JSON has, for an infinite one, which it has not */
    public static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }
}
