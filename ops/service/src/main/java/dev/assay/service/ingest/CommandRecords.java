package dev.assay.service.ingest;

import dev.assay.streams.model.Command;
import dev.assay.streams.wire.CommandCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Commands as records of their topic.
 *
 * @param topic its name
 * @param model whose command it is
 * @param codec of the topic
 */
public record CommandRecords(String topic, String model, CommandCodec codec) {
    ProducerRecord<byte[], byte[]> of(Command command) {
        return new ProducerRecord<>(topic, model.getBytes(StandardCharsets.UTF_8), codec.encode(command));
    }
}
