package dev.assay.streams.wire.registry;

import dev.assay.schemas.RecordBody;
import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.SingleObject;
import dev.assay.schemas.Subject;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.patience.Patience;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records with the frame of a schema registry: byte 0, the schema's id in four bytes, most significant first, the body. Single
 * objects, which no frame of the registry can be taken for, are read too: a topic may have been begun with those.
 *
 * <p>A schema's id stands for it for ever, so what was asked once is not asked again; only a record of a schema never seen
 * before makes anybody wait. An id that the registry does not know makes its record undecodable, a registry that does not
 * answer does not: {@link RegistryUnavailableException}.
 */
public final class RegistryFormat implements WireFormat {
    private static final int HEADER_BYTES = 5;

    private final List<Subject> subjects;
    private final SchemaRegistry registry;
    private final boolean write;
    private final KnownSchemas schemas;
    private final Map<Class<?>, Integer> ids = new ConcurrentHashMap<>();

    RegistryFormat(List<Subject> subjects, SchemaRegistry registry, Patience patience, boolean write) {
        this.subjects = List.copyOf(subjects);
        this.registry = registry;
        this.write = write;
        schemas = new KnownSchemas(registry, patience);
    }

    /**
     * Registers the schemas of all topics, so that none need be when there are records to write.
     *
     * @throws RegistryRefusedException if the registry refuses one; names subject and reason
     * @throws RegistryUnavailableException if it does not answer in time
     */
    public void register() {
        if (write) {
            subjects.forEach(subject -> id(subject.type()));
        }
    }

    /** @return the id of a record's schema, the same in all subjects of a registry */
    private int id(Class<? extends SpecificRecord> type) {
        Integer known = ids.get(type);
        return known == null ? registered(type) : known;
    }

    private synchronized int registered(Class<? extends SpecificRecord> type) {
        Integer id = ids.get(type);
        if (id == null) {
            Schema schema = new RecordBody<>(type).schema();
            for (Subject subject : subjects) {
                if (subject.type().equals(type)) {
                    registry.require(subject.name(), subject.compatibility());
                    int here = registry.register(subject.name(), schema);
                    id = id == null ? Integer.valueOf(here) : id;
                }
            }
            ids.put(type, Objects.requireNonNull(id));
        }
        return id;
    }

    /** @throws IllegalArgumentException if the record is the value of no topic: its bytes are not the registry's to frame */
    @Override
    public <T extends SpecificRecord> RecordFormat<T> of(Class<T> type) {
        if (subjects.stream().noneMatch(subject -> subject.type().equals(type))) {
            throw new IllegalArgumentException(type.getSimpleName() + " is the value of no topic");
        }
        return new OfRecord<>(type);
    }

    private final class OfRecord<T extends SpecificRecord> implements RecordFormat<T> {
        private final Class<T> type;
        private final RecordBody<T> body;
        private final SingleObject<T> single;
        /** Writers' schemas by id that were found readable; few, since each is a version of this record. */
        private final Map<Integer, Schema> readable = new ConcurrentHashMap<>();

        OfRecord(Class<T> type) {
            this.type = type;
            body = new RecordBody<>(type);
            single = new SingleObject<>(type);
        }

        @Override
        public byte[] encode(T record) {
            if (!write) {
                return single.encode(record);
            }
            byte[] bytes = body.encode(HEADER_BYTES, record);
            ByteBuffer.wrap(bytes).putInt(1, id(type));
            return bytes;
        }

        @Override
        public boolean recognises(byte[] bytes) {
            if (!framed(bytes)) {
                return single.recognises(bytes);
            }
            Schema writer = schemas.find(idOf(bytes));
            return writer != null && isOurs(writer);
        }

        @Override
        public T decode(byte[] bytes) throws UndecodableException {
            if (!framed(bytes)) {
                return single.decode(bytes);
            }
            int id = idOf(bytes);
            Schema writer = readable.get(id);
            if (writer == null) {
                writer = firstSeen(id);
                readable.put(id, writer);
            }
            return body.decode(bytes, HEADER_BYTES, writer);
        }

        private Schema firstSeen(int id) throws UndecodableException {
            Schema writer = schemas.find(id);
            if (writer == null) {
                throw UndecodableException.unknownSchema("the schema registry has no Avro schema with id " + id);
            }
            if (!isOurs(writer)) {
                throw UndecodableException.unknownSchema("schema " + id + " of the registry is of "
                        + writer.getFullName() + ", not of " + body.schema().getFullName());
            }
            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(body.schema(), writer);
            if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
                throw UndecodableException.unknownSchema("schema " + id + " of the registry cannot be read as "
                        + body.schema().getFullName() + ": "
                        + compatibility.getResult().getIncompatibilities().stream()
                                .map(found -> found.getMessage() + " at " + found.getLocation())
                                .toList());
            }
            // The same layout: read as our own, which takes half the time.
            return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(body.schema()))
                    ? body.schema()
                    : writer;
        }

        private boolean isOurs(Schema writer) {
            return writer.getType() == Schema.Type.RECORD
                    && writer.getFullName().equals(body.schema().getFullName());
        }
    }

    private static boolean framed(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == 0;
    }

    private static int idOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
