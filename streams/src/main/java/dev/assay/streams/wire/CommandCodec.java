package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Command.EraseAnnotator;
import dev.assay.streams.model.Command.Rerun;
import dev.assay.streams.model.Command.Rollback;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Commands. */
public final class CommandCodec extends RecordCodec<Command, dev.assay.schemas.descend.Command> {
    private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec();

    /** Of bytes that no topic sees: Avro single objects. */
    public CommandCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public CommandCodec(WireFormat wire) {
        super(wire, dev.assay.schemas.descend.Command.class, CommandCodec::write, CommandCodec::read);
    }

    private static dev.assay.schemas.descend.Command write(Command command) {
        if (command instanceof EraseAnnotator erase) {
            return record(command, "ERASE_ANNOTATOR", erase.annotatorId(), null);
        }
        if (command instanceof Rollback rollback) {
            return record(command, "ROLLBACK", null, ByteBuffer.wrap(SNAPSHOTS.encode(rollback.snapshot())));
        }
        return record(command, "RERUN", null, null);
    }

    private static dev.assay.schemas.descend.Command record(
            Command command, String type, @Nullable String annotatorId, @Nullable ByteBuffer snapshot) {
        return new dev.assay.schemas.descend.Command(
                command.commandId(), type, annotatorId, snapshot, command.requestedAt());
    }

    private static Command read(dev.assay.schemas.descend.Command avro) throws UndecodableException {
        String commandId = requireId("commandId", avro.getCommandId());
        return switch (avro.getType()) {
            case "RERUN" -> new Rerun(commandId, avro.getRequestedAt());
            case "ERASE_ANNOTATOR" ->
                new EraseAnnotator(commandId, requireId("annotatorId", avro.getAnnotatorId()), avro.getRequestedAt());
            case "ROLLBACK" -> new Rollback(commandId, snapshotOf(avro.getSnapshot()), avro.getRequestedAt());
            default ->
                throw UndecodableException.malformed(
                        "type must be RERUN, ERASE_ANNOTATOR or ROLLBACK, was " + avro.getType());
        };
    }

    private static String requireId(String field, @Nullable String value) throws UndecodableException {
        if (value == null || value.isEmpty() || value.length() > Judgment.LONGEST_ID) {
            throw UndecodableException.malformed(field + " must have 1 to " + Judgment.LONGEST_ID + " characters, "
                    + (value == null ? "is missing" : "has " + value.length()));
        }
        return value;
    }

    private static ParameterSnapshot snapshotOf(@Nullable ByteBuffer snapshot) throws UndecodableException {
        if (snapshot == null) {
            throw UndecodableException.malformed("snapshot must be there in a ROLLBACK, is missing");
        }
        byte[] bytes = new byte[snapshot.remaining()];
        snapshot.duplicate().get(bytes);
        return SNAPSHOTS.decode(bytes);
    }
}
