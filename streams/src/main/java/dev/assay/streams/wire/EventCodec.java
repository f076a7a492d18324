package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Event;
import java.util.Map;

/** Events. */
public final class EventCodec implements Codec<Event> {
    private final RecordFormat<dev.assay.schemas.publish.Event> events;

    /** Of bytes that no topic sees: Avro single objects. */
    public EventCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public EventCodec(WireFormat wire) {
        events = wire.of(dev.assay.schemas.publish.Event.class);
    }

    @Override
    public byte[] encode(Event event) {
        return events.encode(new dev.assay.schemas.publish.Event(
                event.eventId(),
                event.type().name(),
                event.model(),
                event.parameterVersion(),
                event.message(),
                event.facts(),
                event.time()));
    }

    @Override
    public Event decode(byte[] bytes) throws UndecodableException {
        var avro = events.decode(bytes);
        return new Event(
                avro.getEventId(),
                typeOf(avro.getType()),
                avro.getModel(),
                avro.getParameterVersion(),
                avro.getMessage(),
                Map.copyOf(avro.getFacts()),
                avro.getTime());
    }

    private static Event.Type typeOf(String name) throws UndecodableException {
        for (Event.Type type : Event.Type.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw UndecodableException.malformed("unknown event type " + name);
    }
}
