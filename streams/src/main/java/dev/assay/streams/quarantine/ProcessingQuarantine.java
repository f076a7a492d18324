package dev.assay.streams.quarantine;

import dev.assay.streams.wire.registry.RegistryRefusedException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record that a processor of ours, or the deserialisation of its key, has failed at. To fail would stop the
 * thread, and its successor at the same record; so it goes to the quarantine, in the same transaction, and the next one is
 * read. What is not the record's fault stops the thread all the same: an error, Kafka's own exceptions, a registry, files, and
 * whatever goes wrong as time passes rather than because of a record.
 */
public final class ProcessingQuarantine implements ProcessingExceptionHandler, DeserializationExceptionHandler {
    /** Setting: the {@link Quarantine}. */
    public static final String QUARANTINE = "assay.quarantine";

    private @Nullable Quarantine quarantine;

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (context.topic() == null || context.offset() < 0 || !isOfTheRecord(failure)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        ConsumerRecord<byte[], byte[]> received = received(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                context.sourceRawValue(),
                context.headers());
        return ProcessingExceptionHandler.Response.resume(
                failure instanceof UnusableRecordException unusable
                        ? quarantine().records(received, unusable.reason(), String.valueOf(unusable.getMessage()))
                        : quarantine().records(received, QuarantineReason.FAILED, failure.toString()));
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> received, Exception failure) {
        return DeserializationExceptionHandler.Response.resume(
                quarantine().records(received, QuarantineReason.KEY, failure.toString()));
    }

    /** Whether another record would have gone through. */
    private static boolean isOfTheRecord(Exception failure) {
        return failure instanceof RuntimeException
                && !(failure instanceof KafkaException)
                && !(failure instanceof RegistryRefusedException)
                && !(failure instanceof UncheckedIOException);
    }

    private static ConsumerRecord<byte[], byte[]> received(
            String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(topic, partition, offset, key, value);
        headers.forEach(received.headers()::add);
        return received;
    }

    private Quarantine quarantine() {
        return Objects.requireNonNull(quarantine, QUARANTINE + " must be set");
    }

    @Override
    public void configure(Map<String, ?> settings) {
        quarantine = (Quarantine) settings.get(QUARANTINE);
    }
}
