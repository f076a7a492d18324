package dev.assay.service.serve.dashboard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the estimator does.
 *
 * @param running the rerun under way; null: none
 * @param reruns those that have ended, the newest first
 * @param versions that were published, the oldest first
 * @param events the newest first
 */
public record Activity(@Nullable Rerun running, List<Rerun> reruns, List<Version> versions, List<Happening> events) {
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
        RUNNING,
        /** It found the estimate that was published as {@link Rerun#version}. */
        CONVERGED,
        /** It found none; the old snapshot stays. */
        FAILED,
        /** It gave way to a later rerun or a rollback. */
        SUPERSEDED
    }

    /**
     * One rerun.
     *
     * @param id unique within the model
     * @param reason why it was due
     * @param startedAt when it asked its first round
     * @param finishedAt when it ended; null: it runs
     * @param outcome how it stands
     * @param judgments comparisons when it began; once it has ended, in it
     * @param drift of the newest update when it began, in standard errors
     * @param rounds those seen as they were asked, the newest at the end; numbers begin again where the descent did
     * @param version published; null: none
     */
    public record Rerun(
            String id,
            String reason,
            Instant startedAt,
            @Nullable Instant finishedAt,
            Outcome outcome,
            long judgments,
            double drift,
            List<Round> rounds,
            @Nullable Long version) {
        public Rerun {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * One round.
     *
     * @param number from 0
     * @param at when it was first asked
     */
    public record Round(int number, Instant at) {}

    /** What a version is. */
    public enum Kind {
        /** The exact maximum. */
        RERUN,
        /** One step from it, with all judgments in it. */
        INCREMENTAL,
        /** An older version again. */
        ROLLBACK
    }

    /**
     * A version.
     *
     * @param number strictly growing
     * @param kind what it is
     * @param judgments in it; null where it is not known any more
     * @param drift estimated distance from the exact maximum, in standard errors
     * @param publishedAt when
     */
    public record Version(long number, Kind kind, @Nullable Long judgments, double drift, Instant publishedAt) {}

    /**
     * An event, or several of the same in a row.
     *
     * @param type of the topic of events
     * @param time of the newest
     * @param message in one sentence, without anybody's id
     * @param count how many
     */
    public record Happening(String type, Instant time, String message, long count) {}
}
