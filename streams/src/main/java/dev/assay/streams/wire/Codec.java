package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;

/**
 * A plain value to bytes and back. Not Kafka's {@code Serde}: bytes from a topic may be anything, and then the caller,
 * not a framework handler, decides what becomes of them.
 *
 * @param <T> the plain value
 */
public interface Codec<T> {
    /** @return the bytes, framed as Avro single object */
    byte[] encode(T value);

    /** @throws UndecodableException if the bytes are no such value; the message says why */
    T decode(byte[] bytes) throws UndecodableException;
}
