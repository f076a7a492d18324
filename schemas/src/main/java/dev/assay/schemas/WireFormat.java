package dev.assay.schemas;

import org.apache.avro.specific.SpecificRecord;

/** How a deployment frames the Avro records on its topics. */
public interface WireFormat {
    /** Avro's single-object encoding, which needs no server; also of bytes that no topic sees. */
    WireFormat SINGLE_OBJECT = SingleObject::new;

    /** @return the format of one record type */
    <T extends SpecificRecord> RecordFormat<T> of(Class<T> type);
}
