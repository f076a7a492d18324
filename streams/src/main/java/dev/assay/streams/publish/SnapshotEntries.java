package dev.assay.streams.publish;

import dev.assay.schemas.WireFormat;
import dev.assay.streams.collect.NewestRecord;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.quarantine.Usable;
import dev.assay.streams.wire.SnapshotCodec;

/** What may stand on the topic of parameters: a snapshot under the model it names. */
public final class SnapshotEntries implements NewestRecord.Check<String> {
    private final SnapshotCodec codec;

    /** @param wire of the snapshots */
    public SnapshotEntries(WireFormat wire) {
        codec = new SnapshotCodec(wire);
    }

    @Override
    public void check(int partition, String key, byte[] value) {
        ParameterSnapshot snapshot = Usable.value(codec, value);
        Usable.key(key.equals(snapshot.model()), "the model that the value names");
    }
}
