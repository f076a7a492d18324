package dev.assay.cli.dlq;

import dev.assay.streams.wire.DeadLetterHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the quarantine.
 *
 * @param record as it is there
 */
record QuarantinedRecord(ConsumerRecord<byte[], byte[]> record) {
    String topic() {
        return header(DeadLetterHeaders.TOPIC);
    }

    String reason() {
        return header(DeadLetterHeaders.REASON);
    }

    /** @return where it was, and why it is of no use; of its value only how long it was */
    String line() {
        return topic() + "/" + header(DeadLetterHeaders.PARTITION) + "/" + header(DeadLetterHeaders.OFFSET) + "  "
                + reason() + "  " + length() + "  " + header(DeadLetterHeaders.MESSAGE);
    }

    private String length() {
        String cut = DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.BYTES);
        if (cut != null) {
            return cut + " bytes, cut to " + record.value().length;
        }
        return record.value() == null ? "no value" : record.value().length + " bytes";
    }

    private String header(String name) {
        return Optional.ofNullable(DeadLetterHeaders.get(record.headers(), name))
                .orElse("(none)");
    }
}
