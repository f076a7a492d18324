package dev.assay.streams.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of the dead-letter topic and of the quarantine: why a record is there, and where it was. Kafka Streams' own names, and ours. */
public final class DeadLetterHeaders {
    /** Why: the name of the refusal's reason. */
    public static final String REASON = "assay.reason";

    /** The platform whose payload it is, as received; absent where it is a record of the topic of judgments. */
    public static final String SOURCE = "assay.source";

    /** How often it has been sent back; stays on a record that is refused again. */
    public static final String REDRIVEN = "assay.redriven";

    /** The key as received, where the record has one of another kind; its first bytes, if it was long. */
    public static final String KEY = "assay.key";

    /** How many bytes the value had as received; only where it was cut. */
    public static final String BYTES = "assay.bytes";

    /** What Kafka Streams' own names begin with. */
    public static final String ERRORS = "__streams.errors.";

    public static final String EXCEPTION = ERRORS + "exception";
    public static final String MESSAGE = ERRORS + "message";
    public static final String TOPIC = ERRORS + "topic";
    public static final String PARTITION = ERRORS + "partition";
    public static final String OFFSET = ERRORS + "offset";

    private static final int LONGEST_MESSAGE = 1000;

    private DeadLetterHeaders() {}

    /** Says where it was. */
    public static void putPlace(Headers headers, String topic, int partition, long offset) {
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
    }

    /** Replaces: a record that is refused again says why now, not why then. */
    public static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Says why, with a message of at most 1,000 characters. */
    public static void putReason(Headers headers, String reason, String exception, String message) {
        put(headers, REASON, reason);
        put(headers, EXCEPTION, exception);
        put(headers, MESSAGE, message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
    }

    /** @return the value of a header as text; null where there is none */
    public static @Nullable String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
