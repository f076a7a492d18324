package dev.assay.service.topics;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topic of all snapshots of reruns. Each read goes through it once and keeps what was asked for, not the matrices. */
public final class VersionHistory {
    private final Deployment deployment;
    private final SnapshotCodec codec;

    public VersionHistory(Deployment deployment) {
        codec = new SnapshotCodec(deployment.wire());
        this.deployment = deployment;
    }

    /** One version in a line. */
    public record Version(
            long version,
            ParameterSnapshot.Kind kind,
            @Nullable Long rolledBackFrom,
            Instant publishedAt,
            long judgments,
            double logLikelihood) {
        private static Version of(ParameterSnapshot snapshot) {
            return new Version(
                    snapshot.version(),
                    snapshot.kind(),
                    snapshot.origin().rolledBackFrom(),
                    snapshot.origin().publishedAt(),
                    snapshot.sums().judgments(),
                    snapshot.sums().logLikelihood());
        }
    }

    /** @return what versions there are, the oldest first */
    public List<Version> versions() {
        TreeMap<Long, Version> versions = new TreeMap<>();
        read(snapshot -> versions.put(snapshot.version(), Version.of(snapshot)));
        return List.copyOf(versions.values());
    }

    /**
     * @return that version
     * @throws InvalidInputException if it is not there; the message says which are
     */
    public ParameterSnapshot require(String name, long version) {
        ParameterSnapshot[] found = new ParameterSnapshot[1];
        TreeMap<Long, Boolean> versions = new TreeMap<>();
        read(snapshot -> {
            versions.put(snapshot.version(), true);
            if (snapshot.version() == version) {
                found[0] = snapshot;
            }
        });
        if (found[0] == null) {
            int parameters = deployment.shape().parameters();
            String topic = deployment.topics().parameterHistory(parameters).name();
            throw new InvalidInputException(name + " must be a version on " + topic + ", was " + version + "; "
                    + (versions.isEmpty()
                            ? "there is none"
                            : "there are " + versions.size() + ", from " + versions.firstKey() + " to "
                                    + versions.lastKey() + " (assay versions)"));
        }
        return found[0];
    }

    /** @return the newest snapshot of a rerun, if any */
    public Optional<ParameterSnapshot> newestRerun() {
        ParameterSnapshot[] found = new ParameterSnapshot[1];
        read(snapshot -> {
            if (snapshot.kind() == ParameterSnapshot.Kind.RERUN
                    && (found[0] == null || found[0].version() < snapshot.version())) {
                found[0] = snapshot;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private void read(Consumer<ParameterSnapshot> each) {
        int parameters = deployment.shape().parameters();
        String topic = deployment.topics().parameterHistory(parameters).name();
        Clients.read(deployment, topic, record -> {
            if (record.value() == null) {
                return;
            }
            try {
                ParameterSnapshot snapshot = codec.decode(record.value());
                if (snapshot.model().equals(deployment.model())) {
                    each.accept(snapshot);
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException(
                        "the snapshot at " + topic + " offset " + record.offset() + " cannot be read: "
                                + e.getMessage(),
                        e);
            }
        });
    }
}
