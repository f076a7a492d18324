package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Erasure;

/** Entries of the deny list. */
public final class ErasureCodec implements Codec<Erasure> {
    private final RecordFormat<dev.assay.schemas.descend.Erasure> erasures;

    /** Of bytes that no topic sees: Avro single objects. */
    public ErasureCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ErasureCodec(WireFormat wire) {
        erasures = wire.of(dev.assay.schemas.descend.Erasure.class);
    }

    @Override
    public byte[] encode(Erasure erasure) {
        return erasures.encode(toAvro(erasure));
    }

    /** The Avro record, for records that contain it. */
    static dev.assay.schemas.descend.Erasure toAvro(Erasure erasure) {
        return new dev.assay.schemas.descend.Erasure(
                erasure.annotatorId(),
                erasure.commandId(),
                erasure.state().name(),
                erasure.versionBefore(),
                erasure.judgments(),
                erasure.tombstones(),
                erasure.requestedAt());
    }

    @Override
    public Erasure decode(byte[] bytes) throws UndecodableException {
        return fromAvro(erasures.decode(bytes));
    }

    /** The inverse of {@link #toAvro}. */
    static Erasure fromAvro(dev.assay.schemas.descend.Erasure avro) throws UndecodableException {
        return new Erasure(
                avro.getAnnotatorId(),
                avro.getCommandId(),
                stateOf(avro.getState()),
                avro.getVersionBefore(),
                avro.getJudgments(),
                avro.getTombstones(),
                avro.getRequestedAt());
    }

    private static Erasure.State stateOf(String name) throws UndecodableException {
        for (Erasure.State state : Erasure.State.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw UndecodableException.malformed("state must be REQUESTED, SWEPT or RECEIPTED, was " + name);
    }
}
