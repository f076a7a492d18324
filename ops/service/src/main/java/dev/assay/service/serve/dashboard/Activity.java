package dev.assay.service.serve.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.assay.service.http.Doc;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the estimator does, as {@code /v1/activity} answers it. */
@Doc(name = "ActivityAnswer")
public record Activity(
        @Doc("The rerun under way; null: none.") @Nullable Rerun running,

        @Doc("The newest 50 that have ended, newest first.") List<Rerun> reruns,

        @Doc("At most 300, oldest first; the farther back, the more incremental ones are left out.")
        List<Version> versions,

        @Doc("The newest 50, newest first.") List<RepeatedEvent> events) {
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
    @Doc(name = "Rerun")
    public record Rerun(
            @JsonProperty("rerun_id") @Doc("Unique within the model.")
            String id,

            @JsonSerialize(using = LowerCase.class)
            @Doc("Why it was due: first, command, erasure, drift, growth, judgments or interval.")
            String reason,

            @JsonUnwrapped Course course,

            @Doc(value = "When it began; once it has ended, in it.", min = 0)
            long judgments,

            @Doc(value = "Of the newest update when it began, in standard errors; 0: none.", min = 0)
            double drift,

            @Doc("The newest 200 of those this scorer saw, oldest first; a rerun from before it started has none.")
            List<Round> rounds,

            @Doc("That it was published as; null: none.") @Nullable
            Long version) {
        public Rerun {
            rounds = List.copyOf(rounds);
        }
    }

    /** From when to when, and how it went. */
    public record Course(
            Instant startedAt,

            @Doc("Null: it runs.") @Nullable Instant finishedAt,

            @Doc("superseded: gave way to a later rerun or a rollback.")
            Outcome outcome) {}

    /** One round. */
    @Doc(name = "Round")
    public record Round(
            @JsonProperty("round") @Doc(value = "From 0; again from 0 where the descent took another start.", min = 0)
            int number,

            @Doc("When it was first asked.") Instant at) {}

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
    @Doc(name = "Version")
    public record Version(
            @JsonProperty("version") @Doc(value = "Only grows.", min = 1)
            long number,

            Kind kind,

            @Doc(value = "In it; null: not known any more.", min = 0) @Nullable
            Long judgments,

            @Doc(value = "Of incremental: estimated distance from the exact maximum, standard errors; else 0.", min = 0)
            double drift,

            Instant publishedAt) {}

    /** An event, or several of the same in a row. */
    @Doc(name = "RepeatedEvent")
    public record RepeatedEvent(
            @Doc("As on the topic of events.") String type,

            @Doc("Of the newest of them.") Instant time,

            @Doc("In one sentence, without anybody's id.") String message,

            @Doc(value = "How many of the same in a row.", min = 1)
            long count) {}

    /** Writes a reason of the topic as JSON names it. */
    static final class LowerCase extends JsonSerializer<String> {
        @Override
        public void serialize(String reason, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(reason.toLowerCase(Locale.ROOT));
        }
    }
}
