package dev.assay.service.serve.desk;

import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Doc;
import org.jspecify.annotations.Nullable;

/** An {@link Interval} in an answer. */
@Doc(name = "Interval", value = "Two-sided.")
public record IntervalAnswer(
        @Doc("What is asked for, in its unit.") double estimate,

        @Doc(value = "Of the estimate, in its unit; 0 or more; null of what is not estimable, as both ends.", min = 0)
        @Nullable
        Double standardError,

        @Doc("Lower end of the interval.") @Nullable Double lower,

        @Doc("Upper end of the interval.") @Nullable Double upper) {
    /** The same numbers. */
    public static IntervalAnswer of(Interval interval) {
        return new IntervalAnswer(
                interval.estimate(),
                finite(interval.standardError()),
                finite(interval.lower()),
                finite(interval.upper()));
    }

    /** @return the number; null, which JSON has, for an infinite one, which it has not */
    public static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }
}
