package dev.assay.service.topics;

import dev.assay.streams.Deployment;
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
    /** Of a deployment's topic. */
    public static CommandRecords of(Deployment deployment) {
        return new CommandRecords(
                deployment.topics().commands(deployment.shape().parameters()).name(),
                deployment.model(),
                new CommandCodec(deployment.wire()));
    }

    /** @return the command's record */
    public ProducerRecord<byte[], byte[]> record(Command command) {
        return new ProducerRecord<>(topic, model.getBytes(StandardCharsets.UTF_8), codec.encode(command));
    }
}
