package dev.assay.streams.admit;

import dev.assay.schemas.Topics;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.admit.Admission.Admitted;
import dev.assay.streams.admit.Admission.Refused;
import dev.assay.streams.admit.Admission.Retracted;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import dev.assay.streams.wire.DeadLetterHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends each judgment on: admitted and retracted to the topic of comparisons, refused to the dead-letter topic.
 * Invariant: consumed = admitted + retracted + refused.
 */
public final class AdmitProcessor extends ContextualProcessor<byte[], byte[], Object, @Nullable Object> {
    /** Header of a refused judgment: the {@link RefusalReason}. */
    public static final String REASON_HEADER = DeadLetterHeaders.REASON;

    private final Admit admit;
    private final Counter admitted;
    private final Counter retracted;
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
    private final Counter unseen;
    private final Counter missing;
    private final Timer waited;
    private final String comparisonsSink;
    private final String refusedSink;

    /**
     * @param admit decides
     * @param meters counts
     * @param comparisonsSink name of the node that takes {@link ComparisonKey} and {@link StoredComparison} or null
     * @param refusedSink name of the node that takes refused records as received
     */
    public AdmitProcessor(Admit admit, MeterRegistry meters, String comparisonsSink, String refusedSink) {
        this.admit = admit;
        admitted = meters.counter("admit.judgments.admitted");
        retracted = meters.counter("admit.judgments.retracted");
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, meters.counter("admit.judgments.rejected", "reason", reason.name()));
        }
        unseen = meters.counter("admit.context.unseen");
        missing = meters.counter("admit.context.missing");
        waited = meters.timer("admit.judgments.waited");
        this.comparisonsSink = comparisonsSink;
        this.refusedSink = refusedSink;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        requireRoomForRefusal(received);
        Admission admission = admit.admit(received.value());
        if (admission instanceof Admitted judgment) {
            forward(judgment.key(), judgment.comparison(), received.timestamp());
            admitted.increment();
            unseen.increment(judgment.unseenLevels());
            missing.increment(judgment.missingAttributes());
        } else if (admission instanceof Retracted judgment) {
            forward(judgment.key(), null, received.timestamp());
            retracted.increment();
        } else {
            Refused refusal = (Refused) admission;
            context().forward(withReason(received, refusal), refusedSink);
            Objects.requireNonNull(refused.get(refusal.reason())).increment();
        }
        // Clocks differ: a judgment from the future has not waited.
        waited.record(Duration.ofMillis(Math.max(0, context().currentSystemTimeMs() - received.timestamp())));
    }

    /** A record that was sent compressed may be larger, once unpacked, than the topics it would go on to take. */
    private static void requireRoomForRefusal(Record<byte[], byte[]> received) {
        long bytes = length(received.key()) + length(received.value());
        for (Header header : received.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        if (bytes > Topics.JUDGMENT_BYTES) {
            throw UnusableRecordException.because(
                    QuarantineReason.OUT_OF_BOUNDS,
                    "a judgment must have at most " + Topics.JUDGMENT_BYTES + " bytes, had " + bytes);
        }
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private void forward(ComparisonKey key, @Nullable StoredComparison comparison, long timestamp) {
        context().forward(new Record<>(key, comparison, timestamp), comparisonsSink);
    }

    private Record<Object, @Nullable Object> withReason(Record<byte[], byte[]> received, Refused refusal) {
        Headers headers = new RecordHeaders(received.headers());
        DeadLetterHeaders.putReason(headers, refusal.reason().name(), Refusal.class.getName(), refusal.message());
        context()
                .recordMetadata()
                .ifPresent(from -> DeadLetterHeaders.putPlace(headers, from.topic(), from.partition(), from.offset()));
        return new Record<>(received.key(), received.value(), received.timestamp(), headers);
    }
}
