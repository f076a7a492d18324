package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a value of the model meets its one Avro record: a codec says which fields are which, and nothing else.
 *
 * @param <T> the value
 * @param <A> the generated record
 */
class RecordCodec<T, A extends SpecificRecord> implements Codec<T> {
    private final RecordFormat<A> format;
    private final Function<T, A> write;
    private final Reading<A, T> read;

    /** What a record says. */
    interface Reading<A, T> {
        /** @throws IllegalArgumentException if the value refuses what the record says; the bytes are undecodable then */
        T of(A avro) throws UndecodableException;
    }

    RecordCodec(WireFormat wire, Class<A> type, Function<T, A> write, Reading<A, T> read) {
        format = wire.of(type);
        this.write = write;
        this.read = read;
    }

    /** Whether the frame names this record. */
    final boolean recognises(byte[] bytes) {
        return format.recognises(bytes);
    }

    @Override
    public final byte[] encode(T value) {
        return format.encode(write.apply(value));
    }

    @Override
    public final T decode(byte[] bytes) throws UndecodableException {
        A avro = format.decode(bytes);
        try {
            return read.of(avro);
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed(avro.getSchema().getName() + ": " + e.getMessage());
        }
    }
}
