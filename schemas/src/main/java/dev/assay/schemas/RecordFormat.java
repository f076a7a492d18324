package dev.assay.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * One record type as bytes of a topic: a frame that tells the writer's schema, then the Avro body. Safe for many threads.
 *
 * @param <T> the generated record
 */
public interface RecordFormat<T extends SpecificRecord> {
    /** @return frame and body */
    byte[] encode(T record);

    /** @return whether the bytes are framed and the schema they name is one of this record */
    boolean recognises(byte[] bytes);

    /**
     * Decodes a whole value.
     *
     * @throws UndecodableException if the frame is missing, its schema is unknown or another record's, the body is cut off
     *     or malformed, or bytes are left over
     */
    T decode(byte[] bytes) throws UndecodableException;
}
