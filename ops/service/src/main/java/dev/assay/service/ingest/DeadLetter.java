package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topic.
 *
 * @param record as it is there
 * @param codec of the topic of judgments
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, JudgmentCodec codec) {
    /** @return why it is there */
    public String reason() {
        return header(DeadLetterHeaders.REASON).orElse("(none)");
    }

    /** @return field, bound and value */
    public String message() {
        return header(DeadLetterHeaders.MESSAGE).orElse("");
    }

    /** @return the platform whose payload it is; empty: it is a record of the topic of judgments */
    public Optional<Webhook> platform() {
        return header(DeadLetterHeaders.SOURCE).flatMap(Formats::webhook);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(DeadLetterHeaders.get(record.headers(), name));
    }

    /** @return where it is, as {@code assay dlq show} takes it */
    public String place() {
        return record.partition() + "@" + record.offset();
    }

    /** @return which judgment it is about, if its bytes can be read */
    public Optional<ComparisonKey> key() {
        return key(codec, platform().isPresent() ? null : record.value());
    }

    public static Optional<ComparisonKey> key(JudgmentCodec codec, byte @Nullable [] value) {
        try {
            if (value == null) {
                return Optional.empty();
            }
            return Optional.of(codec.decode(value).key());
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    /** @return how often it has been sent back before */
    int redriven() {
        String count = header(DeadLetterHeaders.REDRIVEN).orElse("0");
        return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 0;
    }

    /** @return the record as it was received, for the topic of judgments; it counts how often that has happened */
    public ProducerRecord<byte[], byte[]> again(Topics topics) {
        Headers headers = new RecordHeaders();
        record.headers().forEach(header -> {
            if (!header.key().startsWith(DeadLetterHeaders.ERRORS)
                    && !header.key().equals(DeadLetterHeaders.REASON)) {
                headers.add(header);
            }
        });
        DeadLetterHeaders.put(headers, DeadLetterHeaders.REDRIVEN, Integer.toString(redriven() + 1));
        // The dead-letter topic has the partitions of that of judgments, but a record's own may have been chosen by
        // hand.
        return new ProducerRecord<>(
                topics.judgments().name(), origin(topics), null, record.key(), record.value(), headers);
    }

    /** @return the partition it was received on; null: of another topic, the key decides */
    private @Nullable Integer origin(Topics topics) {
        boolean ours = header(DeadLetterHeaders.TOPIC)
                .map(topics.judgments().name()::equals)
                .orElse(false);
        return ours ? number(DeadLetterHeaders.PARTITION).map(Long::intValue).orElse(null) : null;
    }

    /** @return the offset it was received at on the topic of judgments; empty: it was received elsewhere */
    public Optional<Long> originalOffset(Topics topics) {
        return origin(topics) == null ? Optional.empty() : number(DeadLetterHeaders.OFFSET);
    }

    private Optional<Long> number(String name) {
        return header(name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
    }
}
