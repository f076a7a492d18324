package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a value of the model meets its one Avro record: a codec says which fields are which, and nothing else.
 *
 * @param <T> the value
 * @param <A> the generated record
 */
abstract class RecordCodec<T, A extends SpecificRecord> implements Codec<T> {
    private final RecordFormat<A> format;

    RecordCodec(WireFormat wire, Class<A> type) {
        format = wire.of(type);
    }

    abstract A write(T value);

    /** @throws IllegalArgumentException if the value refuses what the record says; the bytes are undecodable then */
    abstract T read(A avro) throws UndecodableException;

    /** Whether the frame names this record. */
    final boolean recognises(byte[] bytes) {
        return format.recognises(bytes);
    }

    @Override
    public final byte[] encode(T value) {
        return format.encode(write(value));
    }

    @Override
    public final T decode(byte[] bytes) throws UndecodableException {
        A avro = format.decode(bytes);
        try {
            return read(avro);
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed(avro.getSchema().getName() + ": " + e.getMessage());
        }
    }
}
