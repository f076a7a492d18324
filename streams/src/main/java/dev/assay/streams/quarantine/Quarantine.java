package dev.assay.streams.quarantine;

import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.wire.CloudEvent;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.DeadLetterHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a record that cannot be used one for the quarantine and, unless many are, one for the events. They always fit their
 * topics: a record that was sent compressed may be of any size when it is read, and what cannot be put aside would stop its reader.
 */
public final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int MOST_HEADER_BYTES = 32_768;
    private static final int MOST_KEY_BYTES = 16_384;

    private final Topic quarantine;
    private final Topics topics;
    private final String model;
    private final Codec<Event> events;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Telling telling;

    /**
     * @param model name of the deployment
     * @param parameters p
     * @param wire of the events
     * @param meters counts {@code quarantine.records.kept} by topic
     */
    public Quarantine(
            Topics topics, String model, int parameters, WireFormat wire, MeterRegistry meters, InstantSource clock) {
        quarantine = topics.quarantine(parameters);
        this.topics = topics;
        this.model = model;
        events = Codec.events(wire);
        this.meters = meters;
        this.clock = clock;
        telling = new Telling(clock);
        topics.all(parameters).forEach(topic -> count(topic.name(), 0)); // An alert sees the first one.
    }

    /**
     * Counts a record, and says so in the log where it says so in an event.
     *
     * @param received as it was read
     * @param message says more than the reason; no prompts, responses or annotator ids
     * @return what is to be written, in the transaction that goes on behind the record where there is one
     */
    public List<ProducerRecord<byte[], byte[]>> records(
            ConsumerRecord<byte[], byte[]> received, QuarantineReason reason, String message) {
        count(received.topic(), 1);
        ProducerRecord<byte[], byte[]> aside = aside(received, reason, message);
        OptionalLong told = telling.due(received.topic(), reason, place(received));
        if (told.isEmpty()) {
            return List.of(aside);
        }
        LOG.atWarn()
                .addKeyValue("topic", received.topic())
                .addKeyValue("partition", received.partition())
                .addKeyValue("offset", received.offset())
                .addKeyValue("reason", reason)
                .addKeyValue("message", message)
                .addKeyValue("records", told.getAsLong())
                .log("a record cannot be used, it is in quarantine");
        return List.of(aside, event(received, reason, message, told.getAsLong()));
    }

    private void count(String topic, int records) {
        meters.counter("quarantine.records.kept", "topic", topic).increment(records);
    }

    private ProducerRecord<byte[], byte[]> aside(
            ConsumerRecord<byte[], byte[]> received, QuarantineReason reason, String message) {
        Headers headers = new RecordHeaders();
        if (bytes(received.headers()) <= MOST_HEADER_BYTES) {
            received.headers().forEach(headers::add);
        }
        DeadLetterHeaders.putReason(headers, reason.name(), UnusableRecordException.class.getName(), message);
        DeadLetterHeaders.putPlace(headers, received.topic(), received.partition(), received.offset());
        if (received.key() != null) {
            headers.remove(DeadLetterHeaders.KEY).add(DeadLetterHeaders.KEY, cut(received.key(), MOST_KEY_BYTES));
        }
        byte[] value = received.value();
        int most = quarantine.maxMessageBytes() - Topics.GROWTH_BYTES;
        if (value != null && value.length > most) {
            DeadLetterHeaders.put(headers, DeadLetterHeaders.BYTES, Integer.toString(value.length));
            value = cut(value, most);
        }
        byte[] key = place(received).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(quarantine.name(), 0, clock.millis(), key, value, headers);
    }

    private ProducerRecord<byte[], byte[]> event(
            ConsumerRecord<byte[], byte[]> received, QuarantineReason reason, String message, long records) {
        Instant now = clock.instant();
        String shown = message.substring(0, Math.min(500, message.length()));
        Event event = new Event(
                "quarantined-" + place(received),
                EventType.RECORD_QUARANTINED.name(),
                model,
                null,
                (records == 1 ? "A record cannot be used and was put aside: " : told(records)) + shown,
                Map.of(
                        "topic", received.topic(),
                        "partition", Integer.toString(received.partition()),
                        "offset", Long.toString(received.offset()),
                        "reason", reason.name(),
                        "records", Long.toString(records)),
                now);
        return CloudEvent.record(topics, events, event);
    }

    private static String told(long records) {
        return records + " records since the last event like this cannot be used and were put aside; the last one: ";
    }

    private static String place(ConsumerRecord<byte[], byte[]> received) {
        return received.topic() + "/" + received.partition() + "/" + received.offset();
    }

    private static byte[] cut(byte[] bytes, int most) {
        return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += 2L * header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
