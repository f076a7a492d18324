package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.model.Event;
import dev.assay.streams.wire.EventCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The reruns of a deployment, by its events and the clock of its coordinator. */
final class RerunLog implements AutoCloseable {
    /** @param judgments they were over */
    record Finished(String reason, long judgments, int rounds, double seconds) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final EventCodec codec = new EventCodec();
    private final Tail tail;

    RerunLog(Trial trial) {
        tail = new Tail(trial.cluster(), trial.deployment().topics().events().name(), 1, this::hear);
    }

    private void hear(Tail.Received received) {
        try {
            events.add(codec.decode(received.record().value()));
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if a rerun failed */
    List<Finished> finished() {
        return events.stream()
                .filter(event -> {
                    if (event.type() == Event.Type.RERUN_FAILED) {
                        throw new IllegalStateException(event.message());
                    }
                    return event.type() == Event.Type.RERUN_COMPLETED;
                })
                .flatMap(event -> finished(event).stream())
                .toList();
    }

    private Optional<Finished> finished(Event completed) {
        String id = fact(completed, "rerunId");
        return events.stream()
                .filter(event -> event.type() == Event.Type.RERUN_STARTED
                        && fact(event, "rerunId").equals(id))
                .findFirst()
                .map(started -> new Finished(
                        fact(started, "reason"),
                        Long.parseLong(fact(completed, "judgments")),
                        Integer.parseInt(fact(completed, "rounds")),
                        (completed.time().toEpochMilli() - started.time().toEpochMilli()) / 1e3));
    }

    private static String fact(Event event, String name) {
        return event.facts().getOrDefault(name, "");
    }

    @Override
    public void close() throws InterruptedException {
        tail.close();
    }
}
