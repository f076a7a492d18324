package dev.assay.lab.chaos;

import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.SnapshotCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A topic of snapshots, read on and on in the order of its log. */
final class SnapshotLog implements AutoCloseable {
    private final TopicTail reader;
    private final SnapshotCodec codec;
    private final List<ParameterSnapshot> snapshots = new ArrayList<>();

    SnapshotLog(Deployment deployment, String topic) {
        codec = new SnapshotCodec(deployment.wire());
        reader = Clients.tail(deployment, topic);
    }

    /** All there are by now. */
    List<ParameterSnapshot> read() {
        reader.readToEnd(record -> {
            byte[] value = record.value();
            if (value != null) {
                snapshots.add(decode(value));
            }
        });
        return List.copyOf(snapshots);
    }

    /** @return where a version is not above the one before it */
    static Optional<String> firstStepBack(List<ParameterSnapshot> log) {
        for (int i = 1; i < log.size(); i++) {
            long before = log.get(i - 1).version();
            long version = log.get(i).version();
            if (version <= before) {
                return Optional.of("version " + version + " follows " + before);
            }
        }
        return Optional.empty();
    }

    private ParameterSnapshot decode(byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw new IllegalStateException("a snapshot cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
