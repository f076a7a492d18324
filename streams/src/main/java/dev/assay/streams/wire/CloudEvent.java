package dev.assay.streams.wire;

import dev.assay.schemas.Topics;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** How an event presents itself: CloudEvents 1.0, Kafka binding, binary mode. */
public final class CloudEvent {
    private static final String TYPE_PREFIX = "dev.assay.";

    private CloudEvent() {}

    /** @return the type in CloudEvents' manner: {@code dev.assay.rerun-completed} */
    public static String typeOf(EventType type) {
        return TYPE_PREFIX + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return the source of all events of a deployment */
    public static String sourceOf(Topics topics, String model) {
        return "/assay/" + topics.prefix() + model;
    }

    /** @param source which deployment it comes from */
    public static Headers headersOf(Event event, String source) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_id", event.getEventId());
        add(headers, "ce_source", source);
        add(headers, "ce_type", typeOf(EventType.of(event)));
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_time", event.getTime().toString());
        add(headers, "content-type", "application/avro");
        return headers;
    }

    /**
     * An event as whoever writes it without a topology sends it: with its headers, under its own time.
     *
     * @param codec of events, by the deployment's wire
     */
    public static ProducerRecord<byte[], byte[]> record(Topics topics, Codec<Event> codec, Event event) {
        return new ProducerRecord<>(
                topics.events().name(),
                0,
                event.getTime().toEpochMilli(),
                event.getModel().getBytes(StandardCharsets.UTF_8),
                codec.encode(event),
                headersOf(event, sourceOf(topics, event.getModel())));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
