package dev.assay.cli;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.adapt.Event;
import dev.assay.streams.adapt.EventCodec;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.SnapshotCodec;
import java.time.Duration;
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
final class Coverage implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final Deployment deployment;
    private final Admin admin;

    Coverage(Deployment deployment) {
        this.deployment = deployment;
        admin = Clients.admin(deployment);
    }

    /** @throws TimeoutException if judgments are still waiting after {@code patience} */
    void awaitAdmission(Duration patience) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends =
                endOffsets(deployment.topics().judgments().name());
        long deadline = System.nanoTime() + patience.toNanos();
        while (!committed(ends)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the estimator has not admitted all judgments within " + patience.toSeconds()
                        + " s; is one running on this deployment?");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** @throws TimeoutException if no exact snapshot covers all comparisons after {@code patience}; says why, if events do */
    ParameterSnapshot awaitSnapshot(Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<Long> ends =
                LastRecords.of(deployment, deployment.topics().comparisons().name());
        long deadline = System.nanoTime() + patience.toNanos();
        try (SnapshotReader snapshots = new SnapshotReader(deployment)) {
            while (true) {
                ParameterSnapshot newest = snapshots.newest();
                if (newest != null
                        && LastRecords.covers(newest.coveredOffsets(), ends)
                        && newest.kind() == ParameterSnapshot.Kind.RERUN) {
                    return newest;
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("no snapshot covers all comparisons within " + patience.toSeconds()
                            + " s. " + lastFailure());
                }
            }
        }
    }

    private boolean committed(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(
                        Role.group(deployment, "estimator"))
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata committed = offsets.get(end.getKey());
            return end.getValue() == 0 || (committed != null && committed.offset() >= end.getValue());
        });
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
        String[] message = {"No rerun has failed; is an estimator running on this deployment?"};
        EventCodec codec = new EventCodec();
        try (TopicReader events =
                new TopicReader(deployment, deployment.topics().events().name())) {
            events.readToEnd(record -> {
                try {
                    Event event = codec.decode(record.value());
                    if (event.type() == Event.Type.RERUN_FAILED) {
                        message[0] = "The last failed rerun says: " + event.message();
                    }
                } catch (UndecodableException e) {
                    message[0] = "An event cannot be read: " + e.getMessage();
                }
            });
        }
        return message[0];
    }

    @Override
    public void close() {
        admin.close();
    }

    /** The newest snapshot on the topic of parameters, kept current by reading on. */
    static final class SnapshotReader implements AutoCloseable {
        private final TopicReader reader;
        private final String model;
        private final SnapshotCodec codec = new SnapshotCodec();
        private @Nullable ParameterSnapshot newest;

        SnapshotReader(Deployment deployment) {
            int parameters = deployment.shape().parameters();
            reader = new TopicReader(
                    deployment, deployment.topics().parameters(parameters).name());
            model = deployment.model();
        }

        /** @return the newest snapshot after waiting a moment for a newer one; null if there is none yet */
        @Nullable
        ParameterSnapshot newest() {
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
