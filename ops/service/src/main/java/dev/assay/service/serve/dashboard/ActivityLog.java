package dev.assay.service.serve.dashboard;

import dev.assay.estimator.algebra.Require;
import dev.assay.service.serve.dashboard.Activity.Course;
import dev.assay.service.serve.dashboard.Activity.Kind;
import dev.assay.service.serve.dashboard.Activity.Outcome;
import dev.assay.service.serve.dashboard.Activity.RepeatedEvent;
import dev.assay.service.serve.dashboard.Activity.Rerun;
import dev.assay.service.serve.dashboard.Activity.Round;
import dev.assay.service.serve.dashboard.Activity.Version;
import dev.assay.streams.model.Event;
import dev.assay.streams.model.ParameterSnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts reruns together from events and round orders, which come in any order between each other. Everything in it is of
 * bounded number. Not for several threads.
 */
final class ActivityLog {
    /** Reruns that have ended. */
    static final int MOST_RERUNS = 50;

    /** Events, those of the same in a row together. */
    static final int MOST_EVENTS = 50;

    /** Rounds of one rerun. */
    static final int MOST_ROUNDS = 200;

    private static final int KNOWN_IDS = 1000;
    private static final String COLD = "-cold"; // the same rerun, from another start

    private final VersionLog versions = new VersionLog();
    private final Deque<RepeatedEvent> events = new ArrayDeque<>();
    private final Deque<Traced> ended = new ArrayDeque<>();
    private final Set<String> known = new LinkedHashSet<>();
    private @Nullable Traced running;
    private Rounds early = new Rounds(""); // of a rerun whose start is not heard of yet

    private static final class Rounds {
        final String rerunId;
        final Deque<Round> all = new ArrayDeque<>();
        String lastId = "";
        int lastNumber = -1;

        Rounds(String rerunId) {
            this.rerunId = rerunId;
        }

        /** The same order again is asked again, not another round. */
        boolean add(String id, int number, Instant at) {
            if (lastId.equals(id) && lastNumber == number) {
                return false;
            }
            lastId = id;
            lastNumber = number;
            all.addLast(new Round(number, at));
            if (all.size() > MOST_ROUNDS) {
                all.removeFirst();
            }
            return true;
        }
    }

    private record Traced(Rerun rerun, Rounds rounds) {
        String id() {
            return rerun.id();
        }

        Traced ended(Outcome outcome, Instant at, long judgments, @Nullable Long version) {
            return new Traced(
                    new Rerun(
                            rerun.id(),
                            rerun.reason(),
                            new Course(rerun.course().startedAt(), at, outcome),
                            judgments,
                            rerun.drift(),
                            List.of(),
                            version),
                    rounds);
        }

        Rerun withRounds() {
            return new Rerun(
                    rerun.id(),
                    rerun.reason(),
                    rerun.course(),
                    rerun.judgments(),
                    rerun.drift(),
                    List.copyOf(rounds.all),
                    rerun.version());
        }
    }

    /**
     * Takes an event in.
     *
     * @return whether it is new
     * @throws IllegalArgumentException if a fact that must be a number is none
     */
    boolean hear(Event event) {
        if (!known.add(event.eventId())) {
            return false;
        }
        if (known.size() > KNOWN_IDS) {
            known.remove(known.iterator().next());
        }
        switch (event.type()) {
            case RERUN_STARTED -> start(event);
            case RERUN_COMPLETED -> end(event, Outcome.CONVERGED);
            case RERUN_FAILED -> end(event, Outcome.FAILED);
            case PUBLISHED -> publish(event);
            default -> {
                // To be read, no more.
            }
        }
        remember(event);
        return true;
    }

    private void start(Event event) {
        String id = idOf(event.facts().getOrDefault("rerunId", ""));
        supersede(event.time());
        Rounds rounds = early.rerunId.equals(id) ? early : new Rounds(id);
        early = new Rounds("");
        running = new Traced(
                new Rerun(
                        id,
                        event.facts().getOrDefault("reason", ""),
                        new Course(event.time(), null, Outcome.RUNNING),
                        number(event, "judgments"),
                        drift(event),
                        List.of(),
                        null),
                rounds);
    }

    private void end(Event event, Outcome outcome) {
        Traced open = running;
        // Of one that began before the oldest event here there is nothing to tell but its end, which is an event too.
        if (open != null && open.id().equals(idOf(event.facts().getOrDefault("rerunId", "")))) {
            push(open.ended(outcome, event.time(), number(event, "judgments"), event.parameterVersion()));
        }
    }

    private void publish(Event event) {
        Long number = event.parameterVersion();
        if (number == null) {
            return;
        }
        String older = event.facts().get("rolledBackFrom");
        if (older == null) {
            versions.add(new Version(number, Kind.RERUN, number(event, "judgments"), 0, event.time()));
        } else {
            supersede(event.time()); // A rollback puts the rerun under way aside.
            Long judgments = versions.judgments(Long.parseLong(older));
            versions.add(new Version(number, Kind.ROLLBACK, judgments, 0, event.time()));
        }
    }

    private void supersede(Instant at) {
        Traced open = running;
        if (open != null) {
            push(open.ended(Outcome.SUPERSEDED, at, open.rerun().judgments(), null));
        }
    }

    private void push(Traced rerun) {
        running = null;
        ended.addFirst(rerun);
        if (ended.size() > MOST_RERUNS) {
            ended.removeLast();
        }
    }

    private void remember(Event event) {
        String type = event.type().name();
        RepeatedEvent newest = events.peekFirst();
        long count = 1;
        if (newest != null && newest.type().equals(type) && newest.message().equals(event.message())) {
            count += newest.count();
            events.removeFirst();
        }
        events.addFirst(new RepeatedEvent(type, event.time(), event.message(), count));
        if (events.size() > MOST_EVENTS) {
            events.removeLast();
        }
    }

    /**
     * Takes a round order in.
     *
     * @return whether it is a round that was not known
     */
    boolean asked(String rerunId, int round, Instant at) {
        String id = idOf(rerunId);
        if (running != null && running.id().equals(id)) {
            return running.rounds().add(rerunId, round, at);
        }
        for (Traced rerun : ended) {
            if (rerun.id().equals(id)) {
                return rerun.rounds().add(rerunId, round, at);
            }
        }
        if (!early.rerunId.equals(id)) {
            early = new Rounds(id);
        }
        early.add(rerunId, round, at);
        return false; // It is shown when it is heard that the rerun has started.
    }

    /** Takes a snapshot in that answers are given from. */
    void answeredFrom(ParameterSnapshot snapshot) {
        Kind kind = snapshot.origin().rolledBackFrom() != null
                ? Kind.ROLLBACK
                : snapshot.kind() == ParameterSnapshot.Kind.RERUN ? Kind.RERUN : Kind.INCREMENTAL;
        versions.add(new Version(
                snapshot.version(),
                kind,
                snapshot.sums().judgments(),
                snapshot.quality().drift(),
                snapshot.origin().publishedAt()));
    }

    Activity soFar() {
        return new Activity(
                running == null ? null : running.withRounds(),
                ended.stream().map(Traced::withRounds).toList(),
                versions.all(),
                List.copyOf(events));
    }

    private static String idOf(String rerunId) {
        return rerunId.endsWith(COLD) ? rerunId.substring(0, rerunId.length() - COLD.length()) : rerunId;
    }

    private static double drift(Event event) {
        double drift = Double.parseDouble(event.facts().getOrDefault("drift", "0"));
        Require.that(Double.isFinite(drift), "drift must be finite, was %s", drift);
        return drift;
    }

    private static long number(Event event, String fact) {
        return Long.parseLong(event.facts().getOrDefault(fact, "0"));
    }
}
