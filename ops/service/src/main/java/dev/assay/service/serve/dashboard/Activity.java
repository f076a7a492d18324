package dev.assay.service.serve.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the estimator does, as {@code /v1/activity} answers it. */
@Schema(name = "ActivityAnswer")
public record Activity(
        @Schema(description = "The rerun under way; null: none.") @Nullable
        Rerun running,

        @ArraySchema(arraySchema = @Schema(description = "The newest 50 that have ended, newest first."))
        List<Rerun> reruns,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "At most 300, oldest first; the farther back, the more incremental ones are"
                                                + " left out."))
        List<Version> versions,

        @ArraySchema(arraySchema = @Schema(description = "The newest 50, newest first."))
        List<RepeatedEvent> events) {
    /** Nothing seen. */
    public static final Activity NOTHING = new Activity(null, List.of(), List.of(), List.of());

    public Activity {
        reruns = List.copyOf(reruns);
        versions = List.copyOf(versions);
        events = List.copyOf(events);
    }

    /** How a rerun stands. */
    public enum Outcome {
        /** Rounds are asked. */
        @JsonProperty("running")
        RUNNING,
        /** It found the estimate that was published as {@link Rerun#version}. */
        @JsonProperty("converged")
        CONVERGED,
        /** It found none; the old snapshot stays. */
        @JsonProperty("failed")
        FAILED,
        /** It gave way to a later rerun or a rollback. */
        @JsonProperty("superseded")
        SUPERSEDED
    }

    /** One rerun. */
    @Schema(name = "Rerun")
    public record Rerun(
            @JsonProperty("rerun_id") @Schema(description = "Unique within the model.")
            String id,

            @JsonSerialize(using = LowerCase.class)
            @Schema(description = "Why it was due: first, command, erasure, drift, growth, judgments or interval.")
            String reason,

            @JsonUnwrapped Course course,

            @Schema(description = "When it began; once it has ended, in it.", minimum = "0")
            long judgments,

            @Schema(description = "Of the newest update when it began, in standard errors; 0: none.", minimum = "0")
            double drift,

            @ArraySchema(
                    arraySchema =
                            @Schema(
                                    description = "The newest 200 of those this scorer saw, oldest first; a rerun from"
                                            + " before it started has none."))
            List<Round> rounds,

            @Schema(description = "That it was published as; null: none.") @Nullable
            Long version) {
        public Rerun {
            rounds = List.copyOf(rounds);
        }
    }

    /** From when to when, and how it went. */
    public record Course(
            Instant startedAt,

            @Schema(description = "Null: it runs.") @Nullable
            Instant finishedAt,

            @Schema(description = "superseded: gave way to a later rerun or a rollback.")
            Outcome outcome) {}

    /** One round. */
    @Schema(name = "Round")
    public record Round(
            @JsonProperty("round")
            @Schema(description = "From 0; again from 0 where the descent took another start.", minimum = "0")
            int number,

            @Schema(description = "When it was first asked.")
            Instant at) {}

    /** What a version is. */
    public enum Kind {
        /** The exact maximum. */
        @JsonProperty("rerun")
        RERUN,
        /** One step from it, with all judgments in it. */
        @JsonProperty("incremental")
        INCREMENTAL,
        /** An older version again. */
        @JsonProperty("rollback")
        ROLLBACK
    }

    /** A version. */
    @Schema(name = "Version")
    public record Version(
            @JsonProperty("version") @Schema(description = "Only grows.", minimum = "1")
            long number,

            Kind kind,

            @Schema(description = "In it; null: not known any more.", minimum = "0") @Nullable
            Long judgments,

            @Schema(
                    description = "Of incremental: estimated distance from the exact maximum, standard errors; else 0.",
                    minimum = "0")
            double drift,

            Instant publishedAt) {}

    /** An event, or several of the same in a row. */
    @Schema(name = "RepeatedEvent")
    public record RepeatedEvent(
            @Schema(description = "As on the topic of events.")
            String type,

            @Schema(description = "Of the newest of them.") Instant time,

            @Schema(description = "In one sentence, without anybody's id.")
            String message,

            @Schema(description = "How many of the same in a row.", minimum = "1")
            long count) {}

    /** Writes a reason of the topic as JSON names it. */
    static final class LowerCase extends JsonSerializer<String> {
        @Override
        public void serialize(String reason, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(reason.toLowerCase(Locale.ROOT));
        }
    }
}
