package dev.assay.service.topics;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Event;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.EventCodec;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
        Map<TopicPartition, Long> ends =
                endOffsets(deployment.topics().judgments().name());
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<TopicPartition, Long> committed = committed();
            if (ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                return;
            }
            stall.look(committed, () -> "judgments wait to be admitted: no estimator seems to run on this deployment");
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
        try (SnapshotReader snapshots = new SnapshotReader(deployment)) {
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

    /** @return how far the estimators have come on the topic of judgments, exclusive */
    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> known = admin.listConsumerGroupOffsets(
                        Role.group(deployment, "estimator"))
                .partitionsToOffsetAndMetadata()
                .get();
        known.forEach((partition, offset) -> {
            if (offset != null) { // as Kafka says "none"
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    private Map<TopicPartition, Long> endOffsets(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, deployment.shards())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private String lastFailure() {
        String[] message = {
            "no rerun has failed, so either no estimator runs on this deployment, or there are fewer judgments than"
                    + " rerun.minimum-judgments, "
                    + deployment.config().rerun().schedule().minimumJudgments()
        };
        EventCodec codec = new EventCodec(deployment.wire());
        Clients.read(deployment, deployment.topics().events().name(), record -> {
            try {
                Event event = codec.decode(record.value());
                if (event.type() == Event.Type.RERUN_FAILED) {
                    message[0] = "the last failed rerun says: " + event.message();
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

    /** The newest snapshot on the topic of parameters, kept current by reading on. */
    public static final class SnapshotReader implements AutoCloseable {
        private final TopicTail reader;
        private final String model;
        private final SnapshotCodec codec;
        private @Nullable ParameterSnapshot newest;

        public SnapshotReader(Deployment deployment) {
            codec = new SnapshotCodec(deployment.wire());
            int parameters = deployment.shape().parameters();
            reader = Clients.tail(
                    deployment, deployment.topics().parameters(parameters).name());
            model = deployment.model();
        }

        /** @return the newest snapshot after waiting a moment for a newer one; null if there is none yet */
        @Nullable
        public ParameterSnapshot newest() {
            reader.readToEnd(record -> take(record.value()));
            reader.poll(record -> take(record.value()));
            return newest;
        }

        private void take(byte @Nullable [] value) {
            if (value == null) {
                return;
            }
            try {
                ParameterSnapshot snapshot = codec.decode(value);
                if (snapshot.model().equals(model)) {
                    newest = snapshot;
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException("a snapshot cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
