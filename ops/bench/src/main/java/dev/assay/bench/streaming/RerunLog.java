package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.wire.Codec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The reruns of a deployment, by its events and the clock of its coordinator. */
final class RerunLog implements AutoCloseable {
    /** @param judgments they were over */
    record Finished(String reason, long judgments, int rounds, double seconds) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Codec<Event> codec = Codec.events(WireFormat.SINGLE_OBJECT);
    private final Tail tail;

    RerunLog(Trial trial) {
        tail = new Tail(trial, trial.deployment().topics().events().name(), 1, this::hear);
    }

    private void hear(Tail.Received received) throws UndecodableException {
        events.add(codec.decode(received.record().value()));
    }

    /** @throws IllegalStateException if a rerun failed */
    List<Finished> finished() {
        return events.stream()
                .filter(event -> {
                    if (EventType.of(event) == EventType.RERUN_FAILED) {
                        throw new IllegalStateException(event.getMessage());
                    }
                    return EventType.of(event) == EventType.RERUN_COMPLETED;
                })
                .flatMap(event -> finished(event).stream())
                .toList();
    }

    private Optional<Finished> finished(Event completed) {
        String id = fact(completed, "rerunId");
        return events.stream()
                .filter(event -> EventType.of(event) == EventType.RERUN_STARTED
                        && fact(event, "rerunId").equals(id))
                .findFirst()
                .map(started -> new Finished(
                        fact(started, "reason"),
                        Long.parseLong(fact(completed, "judgments")),
                        Integer.parseInt(fact(completed, "rounds")),
                        (completed.getTime().toEpochMilli() - started.getTime().toEpochMilli()) / 1e3));
    }

    private static String fact(Event event, String name) {
        return event.getFacts().getOrDefault(name, "");
    }

    @Override
    public void close() {
        tail.close();
    }
}
