package dev.assay.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The Avro body of one record type, whatever frame is before it.
 *
 * @param <T> the generated record
 */
public final class RecordBody<T extends SpecificRecord> {

    static {
        AvroLimits.set();
    }

    private final SpecificData model;
    private final Schema schema;
    private final RawMessageEncoder<T> encoder;

    /** @param type the generated class */
    public RecordBody(Class<T> type) {
        model = SpecificData.getForClass(type);
        schema = model.getSchema(type);
        encoder = new RawMessageEncoder<>(model, schema);
    }

    /** @return the schema written and read into */
    public Schema schema() {
        return schema;
    }

    /**
     * Encodes behind room for a frame.
     *
     * @param frame how many bytes it has; zero so far
     */
    public byte[] encode(int frame, T record) {
        try {
            ByteBuffer body = encoder.encode(record);
            byte[] bytes = new byte[frame + body.remaining()];
            body.get(bytes, frame, body.remaining());
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An in-memory stream does not fail.
        }
    }

    /**
     * Decodes what is behind a frame.
     *
     * @param frame how many bytes it has
     * @param writer the schema of who wrote it; the same object for the same schema, because Avro keeps by it how to resolve
     * @throws UndecodableException if the body is cut off or malformed, or bytes are left over
     */
    public T decode(byte[] bytes, int frame, Schema writer) throws UndecodableException {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, frame, bytes.length - frame, null);
            @SuppressWarnings("unchecked") // the model makes readers of the class it was made for
            DatumReader<T> reader = (DatumReader<T>) model.createDatumReader(writer, schema);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException(true, schema.getName() + " is followed by bytes that belong to nothing");
            }
            return value;
        } catch (IOException | AvroRuntimeException | UnsupportedOperationException | IndexOutOfBoundsException e) {
            // UnsupportedOperationException is how Avro 1.12 refuses a length above its limits.
            throw new UndecodableException(true, schema.getName() + " cannot be decoded: " + shortened(e));
        }
    }

    private static String shortened(Exception e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": " + message.substring(0, Math.min(200, message.length()));
    }
}
