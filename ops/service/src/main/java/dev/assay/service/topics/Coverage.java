package dev.assay.service.topics;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the estimator has admitted every judgment there is, and until an exact snapshot
 * covers every comparison.
 */
public final class Coverage implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final Deployment deployment;
    private final Admin admin;
    private final Stall stall;

    public Coverage(Deployment deployment) {
        this(deployment, Stall.unsaid());
    }

    /** @param stall says what is waited for */
    public Coverage(Deployment deployment, Stall stall) {
        this.deployment = deployment;
        this.stall = stall;
        admin = Clients.admin(deployment);
    }

    /** @throws TimeoutException if judgments are still waiting after {@code patience} */
    public void awaitAdmission(Duration patience) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = Offsets.ends(
                admin, deployment.topics().judgments().name(), deployment.shards(), IsolationLevel.READ_UNCOMMITTED);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<TopicPartition, Long> consumed = Offsets.consumed(admin, deployment);
            if (ends.entrySet().stream().allMatch(end -> consumed.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                return;
            }
            stall.look(consumed, () -> "judgments wait to be admitted: no estimator seems to run on this deployment");
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "not all judgments were admitted in time: no estimator seems to run on this" + " deployment");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** @throws TimeoutException if no exact snapshot covers all comparisons after {@code patience}; says why, if events do */
    public ParameterSnapshot awaitSnapshot(Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<Long> ends =
                LastRecords.of(deployment, deployment.topics().comparisons().name());
        long deadline = System.nanoTime() + patience.toNanos();
        try (SnapshotLog snapshots = SnapshotLog.parameters(deployment)) {
            while (true) {
                ParameterSnapshot newest = snapshots.newest();
                if (newest != null
                        && LastRecords.covers(newest.origin().coveredOffsets(), ends)
                        && newest.kind() == ParameterSnapshot.Kind.RERUN) {
                    return newest;
                }
                stall.look(newest == null ? 0L : newest.version(), () -> missing(newest));
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("no snapshot covered all comparisons in time: " + missing(newest));
                }
            }
        }
    }

    /** Why there may be no snapshot that covers all. */
    private String missing(@Nullable ParameterSnapshot newest) {
        if (newest != null && newest.origin().rolledBackFrom() != null) {
            return "estimates are held back by the rollback to version "
                    + newest.origin().rolledBackFrom() + "; `assay rerun` ends it";
        }
        return lastFailure();
    }

    private String lastFailure() {
        String[] message = {
            "no rerun has failed, so either no estimator runs on this deployment, or there are fewer judgments than"
                    + " rerun.minimum-judgments, "
                    + deployment.config().estimate().rerun().schedule().minimumJudgments()
        };
        Codec<Event> codec = Codec.events(deployment.wire());
        Clients.read(deployment, deployment.topics().events().name(), record -> {
            try {
                Event event = codec.decode(record.value() == null ? new byte[0] : record.value());
                if (EventType.of(event) == EventType.RERUN_FAILED) {
                    message[0] = "the last failed rerun says: " + event.getMessage();
                }
            } catch (UndecodableException e) {
                message[0] = "an event cannot be read: " + e.getMessage();
            }
        });
        return message[0];
    }

    @Override
    public void close() {
        admin.close();
    }
}
