package dev.assay.schemas;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a schema registry keeps the versions of a record.
 *
 * @param name {@code TOPIC-value} of the topic's first record; {@code TOPIC-RECORD}, with the record's full name, of others
 * @param type the generated class
 * @param compatibility what its versions must keep to
 * @param published fingerprints of the versions there were, 16 hexadecimal digits each, the oldest first
 */
public record Subject(
        String name, Class<? extends SpecificRecord> type, Compatibility compatibility, List<String> published) {}
