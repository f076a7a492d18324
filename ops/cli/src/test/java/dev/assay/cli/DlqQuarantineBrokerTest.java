package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.quarantine.Quarantine;
import dev.assay.streams.quarantine.QuarantineReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in quarantine, as people see it, on a real broker. Issue 17. */
@Tag("broker")
class DlqQuarantineBrokerTest {
    @TempDir
    Path folder;

    @Test
    void whatIsInQuarantineIsCountedByTopicAndReasonAndListedWithoutItsValue() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Path config = folder.resolve("assay.yaml");
            Files.writeString(config, """
                    kafka: {bootstrap.servers: "%s"}
                    features: {kind: vectors, dimension: 1}
                    """.formatted(broker.bootstrapServers()));
            Deployment deployment = DeploymentOption.open(config);
            Clients.setUpTopics(deployment, Duration.ofMinutes(1));
            Quarantine quarantine = deployment.quarantine(new SimpleMeterRegistry());
            try (KafkaProducer<byte[], byte[]> producer = Clients.producer(deployment)) {
                putAside(
                        producer,
                        quarantine,
                        "assay.comparisons",
                        3,
                        "secret".getBytes(StandardCharsets.UTF_8),
                        "no frame");
                putAside(
                        producer,
                        quarantine,
                        "assay.comparisons",
                        4,
                        "secret".getBytes(StandardCharsets.UTF_8),
                        "no frame");
                putAside(producer, quarantine, "assay.commands", 5, null, "the value must be there");
            }
            String[] list = {"dlq", "list", "--quarantine", "-c", config.toString()};

            String all = Said.done(list);

            assertThat(all)
                    .containsPattern("(?m)^assay.commands  NO_VALUE +1$")
                    .containsPattern("(?m)^assay.comparisons  UNDECODABLE +2$")
                    .containsPattern("(?m)^in all +3$")
                    .containsPattern("0@\\d+  20\\S+Z  assay.comparisons/2/4  UNDECODABLE  6 bytes  no frame")
                    .contains("assay.commands/2/5  NO_VALUE  no value  the value must be there")
                    .doesNotContain("secret");
            assertThat(Said.done("dlq", "list", "--quarantine", "--reason", "NO_VALUE", "-c", config.toString()))
                    .containsPattern("(?m)^in all +1$");
            assertThat(Said.assay("dlq", "list", "--quarantine", "--reason", "RANKING", "-c", config.toString())
                            .err())
                    .contains("--reason must be one of [NO_VALUE");
            assertThat(Said.done("dlq", "list", "-c", config.toString()))
                    .as("refused judgments are others")
                    .containsPattern("(?m)^in all +0$");
        }
    }

    private static void putAside(
            KafkaProducer<byte[], byte[]> producer,
            Quarantine quarantine,
            String topic,
            long offset,
            byte @Nullable [] value,
            String message)
            throws Exception {
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(topic, 2, offset, new byte[0], value);
        QuarantineReason reason = value == null ? QuarantineReason.NO_VALUE : QuarantineReason.UNDECODABLE;
        for (ProducerRecord<byte[], byte[]> record : quarantine.records(received, reason, message)) {
            producer.send(record).get();
        }
    }
}
