package dev.assay.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's single-object encoding of one record type: two bytes C3 01, the schema's 64-bit fingerprint in little-endian
 * order, the body. No registry is needed; a reader knows the older schemas it accepts by their fingerprints.
 *
 * @param <T> the generated record
 */
public final class SingleObject<T extends SpecificRecord> {

    static {
        // Avro allocates what a length prefix claims before it looks for the bytes, so a garbage record of twenty
        // bytes may ask for two gigabytes. Read once by Avro's class initialiser, hence here, before any decoding.
        setUnlessSet("org.apache.avro.limits.bytes.maxLength", "67108864");
        setUnlessSet("org.apache.avro.limits.string.maxLength", "8388608");
        setUnlessSet("org.apache.avro.limits.collectionItems.maxLength", "1000000");
        // Avro instantiates generated classes only of packages named here.
        setUnlessSet("org.apache.avro.SERIALIZABLE_PACKAGES", "dev.assay.schemas");
    }

    private static final int HEADER_BYTES = 10;

    private record Writer(long fingerprint, Schema schema) {}

    private final Schema readerSchema;
    private final SpecificData model;
    private final BinaryMessageEncoder<T> encoder;
    private final List<Writer> writers;

    /**
     * @param type the generated class
     * @param older schemas of earlier versions that are still read
     */
    public SingleObject(Class<T> type, Schema... older) {
        model = SpecificData.getForClass(type);
        readerSchema = model.getSchema(type);
        encoder = new BinaryMessageEncoder<>(model, readerSchema);
        writers = java.util.stream.Stream.concat(java.util.stream.Stream.of(readerSchema), List.of(older).stream())
                .map(schema -> new Writer(SchemaNormalization.parsingFingerprint64(schema), schema))
                .toList();
    }

    /** @return header and body */
    public byte[] encode(T record) {
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An in-memory stream does not fail.
        }
    }

    /** @return whether the bytes are framed and name this record's schema, the current one or an older one */
    public boolean recognises(byte[] bytes) {
        return writerOf(bytes) != null;
    }

    /**
     * Decodes a whole value.
     *
     * @throws UndecodableException if the frame is missing, its schema is unknown, the body is cut off or malformed, or
     *     bytes are left over
     */
    public T decode(byte[] bytes) throws UndecodableException {
        Writer writer = writerOf(bytes);
        if (writer == null) {
            throw new UndecodableException(false, describeUnknown(bytes));
        }
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            @SuppressWarnings("unchecked") // the model makes readers of the class it was made for
            DatumReader<T> reader = (DatumReader<T>) model.createDatumReader(writer.schema(), readerSchema);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException(
                        true, readerSchema.getName() + " is followed by bytes that belong to nothing");
            }
            return value;
        } catch (IOException | AvroRuntimeException | UnsupportedOperationException | IndexOutOfBoundsException e) {
            // UnsupportedOperationException is how Avro 1.12 refuses a length above its limits.
            throw new UndecodableException(true, readerSchema.getName() + " cannot be decoded: " + shortened(e));
        }
    }

    private static String shortened(Exception e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": " + message.substring(0, Math.min(200, message.length()));
    }

    private @org.jspecify.annotations.Nullable Writer writerOf(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
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
        if (bytes.length < HEADER_BYTES) {
            return "a value has at least " + HEADER_BYTES + " bytes, this one has " + bytes.length;
        }
        if (bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
            return String.format("a value begins with bytes c3 01, this one with %02x %02x", bytes[0], bytes[1]);
        }
        return String.format("unknown schema fingerprint %016x", fingerprint(bytes));
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
