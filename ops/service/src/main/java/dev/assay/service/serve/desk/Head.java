package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.service.http.Doc;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.Scoring;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How every answer begins: what its numbers come from, and how far its intervals reach. */
public record Head(
        @JsonUnwrapped Simultaneous origin,

        @Doc(
                value =
                        "Standard errors from the estimate to each end of an interval; 0 or more. Student's t where covariance is clustered.",
                min = 0)
        double quantile) {

    /** Of an answer whose intervals hold together, by a critical value of its own. */
    public record Simultaneous(
            @Doc("Name of the deployment.") String model,

            @Doc(value = "Of the one snapshot that all numbers come from; only grows.", min = 1)
            long parameterVersion,

            @Doc("Id of the feature space: its name and a hash of what makes it.")
            String featureSpace,

            @Doc(
                    value = "What the standard errors rest on.",
                    of = {"model", "clustered"})
            String covariance,

            @Doc("Of the intervals, between 0 and 1; null where a quantile was asked for.") @Nullable
            Double level,

            @Doc(
                    "Features and attributes that the judgments do not tell apart from others, by name: what depends on one has no error and no bounds.")
            List<String> notEstimable) {
        /** Of that way of counting. */
        public static Simultaneous of(Scoring scoring) {
            ParameterSnapshot snapshot = scoring.snapshot();
            return new Simultaneous(
                    snapshot.model(),
                    snapshot.version(),
                    snapshot.spaces().featureSpace(),
                    word(scoring.covarianceChoice()),
                    scoring.level(),
                    snapshot.notEstimable());
        }
    }

    /** Of an answer whose numbers depend on where they are counted from. */
    public record WithCenter(
            @JsonUnwrapped Head head,

            @Doc(
                    value = "Where rewards are counted from.",
                    of = {"feature-space", "candidates"})
            String center) {
        /** Of that way of counting. */
        public static WithCenter of(Scoring scoring) {
            return new WithCenter(Head.of(scoring), scoring.centre().label());
        }
    }

    /** Of that way of counting. */
    public static Head of(Scoring scoring) {
        return new Head(Simultaneous.of(scoring), scoring.quantile());
    }

    /** @return as JSON names it */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
