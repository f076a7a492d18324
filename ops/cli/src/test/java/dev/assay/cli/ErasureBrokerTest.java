package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.wire.Codec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Erasures on a real broker: of an annotator who has flooded a deployment, and of one whose command was passed over. */
@Tag("broker")
@Timeout(300)
class ErasureBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FLOOD = 12_000; // more than one transaction holds tombstones
    private static final int OTHERS = 2_000;

    @TempDir
    Path folder;

    @Test
    void aFloodIsErasedByOneRequestAndACommandThatWasPassedOverIsCarriedOut() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Deployment deployment = deployment(broker.bootstrapServers());
            Clients.setUpTopics(deployment, PATIENCE);
            write(deployment);
            try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry())) {
                JudgedStream.until(() -> told(deployment).stream()
                        .anyMatch(event -> EventType.of(event) == EventType.RERUN_COMPLETED
                                && Integer.toString(FLOOD + OTHERS)
                                        .equals(event.getFacts().get("judgments"))));
                ask(deployment, "e1", "flooder");
                ask(deployment, "e1", "flooder"); // sent again, as a client does that has not heard
                JudgedStream.until(() -> receipt(deployment, "e1").isPresent());
                assertThat(estimator.failed()).isFalse();
            }
            assertThat(receipt(deployment, "e1").orElseThrow().getFacts())
                    .containsEntry("judgments", Integer.toString(FLOOD))
                    .containsEntry("tombstones", Integer.toString(FLOOD));
            assertThat(tombstones(deployment)).hasSize(FLOOD).doesNotHaveDuplicates();
            assertThat(standing(deployment)).hasSize(OTHERS).doesNotContain("flooder");
            assertThat(states(deployment))
                    .containsExactly(ErasureState.REQUESTED, ErasureState.SWEPT, ErasureState.RECEIPTED);

            // As a transaction leaves it whose offsets were kept and whose records were not.
            ask(deployment, "e2", "annotator-3");
            passOverCommands(deployment);
            try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry())) {
                JudgedStream.until(() -> receipt(deployment, "e2").isPresent());
                assertThat(estimator.failed()).isFalse();
            }
            assertThat(receipt(deployment, "e2").orElseThrow().getFacts()).containsEntry("judgments", "1");
            assertThat(told(deployment).stream().filter(ErasureBrokerTest::isReceipt))
                    .hasSize(2); // the first erasure has its receipt and is not asked for again
        }
    }

    private static void write(Deployment deployment) throws Exception {
        try (JudgmentWriter writer = new JudgmentWriter(deployment)) {
            for (int i = 0; i < FLOOD + OTHERS; i++) {
                writer.write(judgment(i, i < FLOOD ? "flooder" : "annotator-" + (i - FLOOD)));
            }
            writer.flush();
        }
    }

    private static Judgment judgment(int i, String annotatorId) {
        return new Judgment(
                "j" + i,
                annotatorId,
                "p" + i,
                List.of(
                        new JudgedResponse("a", null, null, new float[] {i % 3, i % 5}),
                        new JudgedResponse("b", null, null, new float[] {1, 2})),
                (i % 7 < 3) == (i % 3 > 1) ? List.of(1, 2) : List.of(2, 1),
                1,
                null,
                Occasion.of(Map.of("c", i % 4 / 4.0), "test"));
    }

    private static void ask(Deployment deployment, String commandId, String annotatorId) throws Exception {
        try (CheckedSender sender = new CheckedSender(deployment)) {
            sender.send(CommandRecords.of(deployment)
                    .record(new Command.EraseAnnotator(commandId, annotatorId, Instant.EPOCH)));
            sender.flush();
        }
    }

    private static void passOverCommands(Deployment deployment) throws Exception {
        String commands =
                deployment.topics().commands(deployment.shape().parameters()).name();
        try (Admin admin = Clients.admin(deployment)) {
            admin.alterConsumerGroupOffsets(
                            Role.group(deployment, "estimator"),
                            Map.of(new TopicPartition(commands, 0), new OffsetAndMetadata(3)))
                    .all()
                    .get();
        }
    }

    private static boolean isReceipt(Event event) {
        return EventType.of(event) == EventType.ANNOTATOR_ERASED;
    }

    private static Optional<Event> receipt(Deployment deployment, String commandId) {
        return told(deployment).stream()
                .filter(ErasureBrokerTest::isReceipt)
                .filter(event -> commandId.equals(event.getFacts().get("commandId")))
                .findFirst();
    }

    private static List<Event> told(Deployment deployment) {
        List<Event> events = new ArrayList<>();
        Clients.read(
                deployment,
                deployment.topics().events().name(),
                record -> events.add(decoded(Codec.events(deployment.wire()), record.value())));
        return events;
    }

    private static List<ErasureState> states(Deployment deployment) {
        List<ErasureState> states = new ArrayList<>();
        Codec<Erasure> codec = Codec.erasures(deployment.wire());
        Clients.read(
                deployment,
                deployment.topics().erasures().name(),
                record -> states.add(ErasureState.of(decoded(codec, record.value()))));
        return states;
    }

    private static List<ComparisonKey> tombstones(Deployment deployment) {
        List<ComparisonKey> keys = new ArrayList<>();
        Clients.read(deployment, deployment.topics().comparisons().name(), record -> {
            if (record.value() == null) {
                keys.add(decoded(Codec.COMPARISON_KEYS, record.key()));
            }
        });
        return keys;
    }

    /** Annotators of the comparisons that compaction would leave. */
    private static List<String> standing(Deployment deployment) {
        Set<ComparisonKey> keys = new HashSet<>();
        Clients.read(deployment, deployment.topics().comparisons().name(), record -> {
            ComparisonKey key = decoded(Codec.COMPARISON_KEYS, record.key());
            assertThat(record.value() == null ? keys.remove(key) : keys.add(key))
                    .isTrue();
        });
        return keys.stream().map(ComparisonKey::getAnnotatorId).toList();
    }

    private static <T> T decoded(Codec<T> codec, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private Deployment deployment(String servers) throws Exception {
        Path config = Files.writeString(folder.resolve("assay.yaml"), """
                model: m
                kafka: {bootstrap.servers: "%s"}
                topics: {prefix: flood., shards: 2}
                rerun: {minimum-judgments: 500, interval: PT1S, patience: PT30S}
                context:
                  offset: 1.0
                  attributes:
                    - {name: c, kind: numeric}
                features: {kind: vectors, name: f, dimension: 2}
                """.formatted(servers));
        return DeploymentOption.open(config);
    }
}
