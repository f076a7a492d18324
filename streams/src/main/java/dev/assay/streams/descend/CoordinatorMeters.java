package dev.assay.streams.descend;

import dev.assay.estimator.descent.FitStatus;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.RerunReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the coordinator counts. All are there from the start, at 0, so that a rate sees the first. One for all coordinators of a
 * process, since Kafka Streams makes processors to throw away, and a gauge is of the first who registered it.
 */
public final class CoordinatorMeters {
    private final Counter reportsUndecodable;
    private final Counter commandsUndecodable;
    private final Counter roundsAsked;
    private final Map<RerunReason, Counter> started = new EnumMap<>(RerunReason.class);
    private final Map<FitStatus, Timer> ended = new EnumMap<>(FitStatus.class);
    private final AtomicInteger erasuresOwed;
    private final AtomicInteger erasuresOverdue;
    private final AtomicInteger held;
    private long begunMillis = -1;

    /** @param meters made in */
    public CoordinatorMeters(MeterRegistry meters) {
        reportsUndecodable = meters.counter("descend.reports.undecodable");
        commandsUndecodable = meters.counter("descend.commands.undecodable");
        roundsAsked = meters.counter("descend.rounds.asked");
        erasuresOwed = Objects.requireNonNull(meters.gauge("descend.erasures.owed", new AtomicInteger()));
        erasuresOverdue = Objects.requireNonNull(meters.gauge("descend.erasures.overdue", new AtomicInteger()));
        held = Objects.requireNonNull(meters.gauge("descend.estimates.held", new AtomicInteger()));
        for (RerunReason reason : RerunReason.values()) {
            started.put(reason, meters.counter("descend.reruns.started", "reason", reason.name()));
        }
        for (FitStatus status : FitStatus.values()) {
            ended.put(status, meters.timer("descend.reruns.ended", "status", status.name()));
        }
    }

    void undecodableReport() {
        reportsUndecodable.increment();
    }

    void undecodableCommand() {
        commandsUndecodable.increment();
    }

    void roundAsked() {
        roundsAsked.increment();
    }

    /** What the coordinator has to see to; {@link Coordination#NOTHING} when it goes on elsewhere. */
    void remembers(Coordination memory) {
        erasuresOwed.set(memory.erasures().size());
        erasuresOverdue.set((int)
                memory.erasures().stream().filter(PendingErasure::getOverdue).count());
        held.set(memory.held() ? 1 : 0);
    }

    void begun(RerunReason reason, long nowMillis) {
        begunMillis = nowMillis;
        Objects.requireNonNull(started.get(reason)).increment();
    }

    /** Timed from its start, or its resumption, on this instance. */
    void ended(FitStatus status, long nowMillis) {
        if (begunMillis >= 0) {
            Objects.requireNonNull(ended.get(status)).record(Duration.ofMillis(Math.max(0, nowMillis - begunMillis)));
            begunMillis = -1;
        }
    }
}
