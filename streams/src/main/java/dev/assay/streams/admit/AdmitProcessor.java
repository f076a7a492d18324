package dev.assay.streams.admit;

import dev.assay.streams.adapt.Comparison;
import dev.assay.streams.adapt.ComparisonKey;
import dev.assay.streams.admit.Admission.Admitted;
import dev.assay.streams.admit.Admission.Rejected;
import dev.assay.streams.admit.Admission.Retracted;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends each judgment on: admitted and retracted to the topic of comparisons, refused to the dead-letter topic.
 * Invariant: consumed = admitted + retracted + rejected.
 */
public final class AdmitProcessor extends ContextualProcessor<byte[], byte[], Object, @Nullable Object> {
    /** Header of a refused judgment: the {@link RejectionReason}. */
    public static final String REASON_HEADER = "assay.reason";

    private static final String ERROR_HEADERS = "__streams.errors.";
    private static final int MAX_MESSAGE = 1000;

    private final Admit admit;
    private final MeterRegistry meters;
    private final String comparisonsSink;
    private final String rejectedSink;

    /**
     * @param admit decides
     * @param meters counts
     * @param comparisonsSink name of the node that takes {@link ComparisonKey} and {@link Comparison} or null
     * @param rejectedSink name of the node that takes refused records as received
     */
    public AdmitProcessor(Admit admit, MeterRegistry meters, String comparisonsSink, String rejectedSink) {
        this.admit = admit;
        this.meters = meters;
        this.comparisonsSink = comparisonsSink;
        this.rejectedSink = rejectedSink;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Admission admission = admit.admit(received.value());
        if (admission instanceof Admitted admitted) {
            forward(admitted.key(), admitted.comparison(), received.timestamp());
            meters.counter("admit.judgments.admitted").increment();
            meters.counter("admit.context.unseen").increment(admitted.unseenLevels());
            meters.counter("admit.context.missing").increment(admitted.missingAttributes());
        } else if (admission instanceof Retracted retracted) {
            forward(retracted.key(), null, received.timestamp());
            meters.counter("admit.judgments.retracted").increment();
        } else {
            Rejected rejected = (Rejected) admission;
            context().forward(withReason(received, rejected), rejectedSink);
            meters.counter(
                            "admit.judgments.rejected",
                            "reason",
                            rejected.reason().name())
                    .increment();
        }
    }

    private void forward(ComparisonKey key, @Nullable Comparison comparison, long timestamp) {
        context().forward(new Record<>(key, comparison, timestamp), comparisonsSink);
    }

    private Record<Object, @Nullable Object> withReason(Record<byte[], byte[]> received, Rejected rejected) {
        Headers headers = new RecordHeaders(received.headers());
        String message = rejected.message();
        put(headers, REASON_HEADER, rejected.reason().name());
        put(headers, ERROR_HEADERS + "exception", Refusal.class.getName());
        put(headers, ERROR_HEADERS + "message", message.substring(0, Math.min(MAX_MESSAGE, message.length())));
        context().recordMetadata().ifPresent(from -> {
            put(headers, ERROR_HEADERS + "topic", from.topic());
            put(headers, ERROR_HEADERS + "partition", Integer.toString(from.partition()));
            put(headers, ERROR_HEADERS + "offset", Long.toString(from.offset()));
        });
        return new Record<>(received.key(), received.value(), received.timestamp(), headers);
    }

    /** Replaces: a redriven record that is refused again says why now, not why then. */
    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
