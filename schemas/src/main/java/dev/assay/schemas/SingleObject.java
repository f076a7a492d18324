package dev.assay.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding of one record type: two bytes C3 01, the schema's 64-bit fingerprint in little-endian
 * order, the body. No registry is needed; a reader knows the older schemas it accepts by their fingerprints.
 *
 * @param <T> the generated record
 */
public final class SingleObject<T extends SpecificRecord> implements RecordFormat<T> {
    static {
        AvroLimits.set();
    }

    private static final int HEADER_BYTES = 10;
    private static final byte FIRST = (byte) 0xC3;
    private static final byte SECOND = 0x01;
    private static final int REGISTRY_HEADER_BYTES = 5;

    private record Writer(long fingerprint, Schema schema) {}

    private final RecordBody<T> body;
    private final List<Writer> writers;

    /**
     * Reads the {@link OlderSchemas} too.
     *
     * @param type the generated class
     */
    public SingleObject(Class<T> type) {
        this(type, OlderSchemas.of(type));
    }

    SingleObject(Class<T> type, Schema... older) {
        body = new RecordBody<>(type);
        writers = Stream.concat(Stream.of(body.schema()), Stream.of(older))
                .map(schema -> new Writer(SchemaNormalization.parsingFingerprint64(schema), schema))
                .toList();
    }

    @Override
    public byte[] encode(T record) {
        byte[] bytes = body.encode(HEADER_BYTES, record);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FIRST)
                .put(SECOND)
                .putLong(writers.get(0).fingerprint());
        return bytes;
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return writerOf(bytes) != null;
    }

    @Override
    public T decode(byte[] bytes) throws UndecodableException {
        Writer writer = writerOf(bytes);
        if (writer == null) {
            throw new UndecodableException(false, describeUnknown(bytes));
        }
        return body.decode(bytes, HEADER_BYTES, writer.schema());
    }

    private @Nullable Writer writerOf(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != FIRST || bytes[1] != SECOND) {
            return null;
        }
        long fingerprint = fingerprint(bytes);
        for (Writer writer : writers) {
            if (writer.fingerprint() == fingerprint) {
                return writer;
            }
        }
        return null;
    }

    private static long fingerprint(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    private static String describeUnknown(byte[] bytes) {
        if (bytes.length >= REGISTRY_HEADER_BYTES && bytes[0] == 0) {
            return "the value has a schema registry's frame, schema id "
                    + ByteBuffer.wrap(bytes).getInt(1) + ", and there is no registry.url to ask for it";
        }
        if (bytes.length < HEADER_BYTES) {
            return "a value has at least " + HEADER_BYTES + " bytes, this one has " + bytes.length;
        }
        if (bytes[0] != FIRST || bytes[1] != SECOND) {
            return String.format("a value begins with bytes c3 01, this one with %02x %02x", bytes[0], bytes[1]);
        }
        return String.format("unknown schema fingerprint %016x", fingerprint(bytes));
    }
}
