package dev.assay.lab.evidence;

import dev.assay.service.topics.SnapshotLog;
import dev.assay.streams.model.ParameterSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All snapshots of a topic so far. */
public final class PublishedLog implements AutoCloseable {
    private final SnapshotLog log;
    private final List<ParameterSnapshot> snapshots = new ArrayList<>();

    public PublishedLog(SnapshotLog log) {
        this.log = log;
    }

    /** All there are by now. */
    public List<ParameterSnapshot> read() {
        log.readToEnd(snapshots::add);
        return List.copyOf(snapshots);
    }

    /** @return where a version is not above the one before it */
    public static Optional<String> firstStepBack(List<ParameterSnapshot> log) {
        for (int i = 1; i < log.size(); i++) {
            long before = log.get(i - 1).version();
            long version = log.get(i).version();
            if (version <= before) {
                return Optional.of("version " + version + " follows " + before);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        log.close();
    }
}
