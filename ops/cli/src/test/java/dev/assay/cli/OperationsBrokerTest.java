package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.Failures;
import dev.assay.cli.deployment.ReshardCommand;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.Topics;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.Partitioning;
import dev.assay.streams.wire.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that operate a deployment, on a real broker with topics written by hand: no estimator runs here. */
@Tag("broker")
class OperationsBrokerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARAMETERS = 2;

    @TempDir
    Path folder;

    @Test
    void topicsWrittenByHandAreExportedListedAndResharded() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Path config = config(broker.bootstrapServers());
            Deployment old = setUp(config);
            write(old);

            Said exported = Said.assay(
                    "export",
                    "-c",
                    config.toString(),
                    "--out",
                    folder.resolve("rows").toString());
            assertThat(exported.err()).isEmpty();
            assertThat(exported.out())
                    .contains("4 comparisons stand: 2 rows written (1 of weight 0, 0 with ids for texts)")
                    .contains("left out 1 ties, 0 of another context spec, 1 without texts")
                    .contains("weighed by version 2, RERUN");
            ObjectNode rows = JSON.createObjectNode();
            for (String line : Files.readAllLines(folder.resolve("rows"))) {
                JsonNode row = JSON.readTree(line);
                rows.set(row.get("judgment_id").asText(), row);
            }
            // Rationality 1 + 0.5 context: 1.5 for 1, below 0 for -4. The edit of j1 turned it round.
            assertThat(rows.fieldNames()).toIterable().containsExactlyInAnyOrder("j1", "j2");
            assertThat(rows.at("/j1/chosen").asText()).isEqualTo("text of b");
            assertThat(rows.at("/j1/rejected").asText()).isEqualTo("text of a");
            assertThat(rows.at("/j1/weight").asDouble()).isEqualTo(1.5);
            assertThat(rows.at("/j2/weight").asDouble()).isZero();
            assertThat(rows.toString()).doesNotContain("ann-1");

            Said withIds = Said.assay(
                    "export",
                    "-c",
                    config.toString(),
                    "--ids",
                    "--out",
                    folder.resolve("ids").toString());
            assertThat(withIds.out()).contains("3 rows written (1 of weight 0, 1 with ids for texts)");

            Path prompts = Files.writeString(
                    folder.resolve("prompts"), "{\"prompt_id\": \"p\", \"prompt\": \"text of the prompt\"}\n");
            Path asked = folder.resolve("asked");
            Said.assay("export", "-c", config.toString(), "--prompts", prompts.toString(), "--out", asked.toString());
            assertThat(Files.readAllLines(asked))
                    .hasSize(2)
                    .allSatisfy(
                            line -> assertThat(JSON.readTree(line).get("prompt").asText())
                                    .isEqualTo("text of the prompt"));
            Files.writeString(prompts, "\n{\"prompt_id\": \"p\"}\n");
            assertThat(Said.assay(
                                    "export",
                                    "-c",
                                    config.toString(),
                                    "--prompts",
                                    prompts.toString(),
                                    "--out",
                                    asked.toString())
                            .err())
                    .contains("line 2: prompt must be a string, is missing");

            Said events = Said.assay("events", "-c", config.toString(), "--type", "RERUN_COMPLETED");
            JsonNode event = JSON.readTree(events.out());
            assertThat(event.get("id").asText()).isEqualTo("e1");
            assertThat(event.get("source").asText()).isEqualTo("/assay/old.m");
            assertThat(event.get("type").asText()).isEqualTo("dev.assay.rerun-completed");
            assertThat(event.at("/data/facts/rounds").asText()).isEqualTo("3");

            Said unknown = Said.assay("rollback", "-c", config.toString(), "9");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.err())
                    .contains("VERSION must be a version on old.parameter-history, was 9", "2, from 1 to 2");
            assertThat(Said.assay("versions", "-c", config.toString()).out().lines())
                    .hasSize(2);
            // The deny list has an erasure of version 1.
            Said older = Said.assay("rollback", "-c", config.toString(), "1");
            assertThat(older.exitCode()).isEqualTo(2);
            assertThat(older.err()).contains("VERSION must be above 1", "may contain the erased; was 1");
            assertThat(Said.assay("rollback", "-c", config.toString(), "2", "--id", "back")
                            .out())
                    .isEqualTo("command back" + System.lineSeparator());

            Said mistyped = Said.assay(
                    "versions", "-c", config("nada.", broker.bootstrapServers()).toString());
            assertThat(mistyped.exitCode()).isEqualTo(2);
            assertThat(mistyped.err()).contains("no deployment has topics.prefix 'nada.'");

            String[] reshard = {"reshard", "-c", config.toString(), "--to-prefix", "new.", "--shards", "3"};
            Said resharded = Said.assay(reshard);
            assertThat(resharded.err()).isEmpty();
            assertThat(resharded.out()).contains("4 comparisons, 1 entries", "5 judgments", "2 versions", "1 newest");
            Deployment young = ReshardCommand.target(old, "new.", 3);
            Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
            Clients.read(
                    young,
                    "new.comparisons",
                    record -> assertThat(record.partition()).isEqualTo(shard(keys, record.key())));

            Clients.read(
                    young,
                    "new.erasures",
                    record -> assertThat(record.partition()).isEqualTo(Partitioning.of("ann-9", 3)));

            Said again = Said.assay(reshard);
            assertThat(again.exitCode()).isEqualTo(Failures.FAILED);
            assertThat(again.err()).contains("topic new.judgments must be empty", "--resume");
            String[] resume = java.util.Arrays.copyOf(reshard, reshard.length + 1);
            resume[reshard.length] = "--resume";
            assertThat(Said.assay(resume).out()).isEqualTo(resharded.out());
            long[] copies = {0};
            Clients.read(young, "new.judgments", record -> copies[0]++);
            assertThat(copies[0]).isEqualTo(5);
        }
    }

    private static Deployment setUp(Path config) throws Exception {
        Deployment deployment = DeploymentOption.open(config);
        Clients.setUpTopics(deployment, Duration.ofMinutes(1));
        return deployment;
    }

    @Test
    void ingestSaysWhatItWaitedForInVain() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Path config = config(broker.bootstrapServers());
            Deployment old = setUp(config);
            Path file = Files.writeString(folder.resolve("one.jsonl"), """
                    {"judgmentId": "j1", "promptId": "p", "preference": "FIRST", "context": {"c": 1},
                     "responses": [{"responseId": "a", "features": [1]}, {"responseId": "b", "features": [0]}]}
                    """.replace("\n", "") + "\n");
            String[] ingest = {"ingest", "-c", config.toString(), "--wait", "--timeout", "1", file.toString()};

            Said alone = Said.assay(ingest);
            assertThat(alone.exitCode()).isEqualTo(Failures.FAILED);
            assertThat(alone.out()).contains("1 judgments sent to old.judgments");
            assertThat(alone.err())
                    .contains(
                            "gave up to --wait after 1 s: not all judgments were admitted",
                            "no estimator seems to run");

            // What an estimator would have committed, so that the end is reached; a comparison no snapshot covers.
            Map<TopicPartition, OffsetAndMetadata> committed = Map.of(
                    new TopicPartition("old.judgments", 0), new OffsetAndMetadata(9),
                    new TopicPartition("old.judgments", 1), new OffsetAndMetadata(9));
            try (Admin admin = Clients.admin(old)) {
                admin.alterConsumerGroupOffsets(Role.group(old, "estimator"), committed)
                        .all()
                        .get();
            }
            write(old);
            assertThat(Said.assay(ingest).err())
                    .contains(
                            "no snapshot covered all comparisons in time: no rerun has failed",
                            "minimum-judgments, 100");

            send(old, snapshot(old, 4, ParameterSnapshot.Kind.RERUN, 1L));
            Said held = Said.assay(ingest);
            assertThat(held.exitCode()).isEqualTo(Failures.FAILED);
            assertThat(held.err()).contains("held back by the rollback to version 1; `assay rerun` ends it");

            Said hasty = Said.assay("ingest", "-c", config.toString(), "--timeout", "0", file.toString());
            assertThat(hasty.exitCode()).isEqualTo(2);
            assertThat(hasty.err()).contains("--timeout must be 1 to 86400 seconds, was 0");
        }
    }

    private static void send(Deployment old, ParameterSnapshot snapshot) throws Exception {
        try (CheckedSender sender = new CheckedSender(old)) {
            sender.send(new ProducerRecord<>(
                    old.topics().parameters(PARAMETERS).name(),
                    old.model().getBytes(StandardCharsets.UTF_8),
                    new SnapshotCodec(old.wire()).encode(snapshot)));
            sender.flush();
        }
    }

    private static int shard(Codec<ComparisonKey> keys, byte[] key) {
        try {
            return Partitioning.of(Partitioning.partitionedBy(keys.decode(key)), 3);
        } catch (dev.assay.schemas.UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Deployment old) throws Exception {
        Topics topics = old.topics();
        try (JudgmentWriter judgments = new JudgmentWriter(old);
                CheckedSender sender = new CheckedSender(old)) {
            for (String id : new String[] {"j1", "j1", "j2", "j3", "j5"}) {
                judgments.write(judgment(id));
            }
            judgments.flush();
            sender.send(comparison(old, "j1", comparison(old, List.of(1, 2), 1)));
            sender.send(comparison(old, "j1", comparison(old, List.of(2, 1), 1)));
            sender.send(comparison(old, "j2", comparison(old, List.of(1, 2), -4)));
            sender.send(comparison(old, "j3", comparison(old, List.of(1, 1), 1)));
            sender.send(comparison(old, "j4", comparison(old, List.of(1, 2), 1))); // whose judgment is gone
            sender.send(comparison(old, "j5", comparison(old, List.of(1, 2), 1)));
            sender.send(comparison(old, "j5", null));
            Erasure erased = new Erasure("ann-9", "c9", ErasureState.RECEIPTED.name(), 1L, 2L, 2L, Instant.EPOCH);
            sender.send(new ProducerRecord<>(
                    topics.erasures().name(),
                    Partitioning.of("ann-9", old.shards()),
                    "ann-9".getBytes(StandardCharsets.UTF_8),
                    Codec.erasures(old.wire()).encode(erased)));
            byte[] model = old.model().getBytes(StandardCharsets.UTF_8);
            SnapshotCodec snapshots = new SnapshotCodec(old.wire());
            for (long version = 1; version <= 2; version++) {
                byte[] snapshot = snapshots.encode(snapshot(old, version, ParameterSnapshot.Kind.RERUN));
                sender.send(
                        new ProducerRecord<>(topics.parameterHistory(PARAMETERS).name(), model, snapshot));
            }
            byte[] update = snapshots.encode(snapshot(old, 3, ParameterSnapshot.Kind.INCREMENTAL));
            sender.send(new ProducerRecord<>(topics.parameters(PARAMETERS).name(), model, update));
            for (EventType type : new EventType[] {EventType.RERUN_COMPLETED, EventType.PUBLISHED}) {
                Event event = new Event(
                        type == EventType.PUBLISHED ? "e2" : "e1",
                        type.name(),
                        old.model(),
                        2L,
                        "done",
                        Map.of("rounds", "3"),
                        Instant.EPOCH);
                sender.send(new ProducerRecord<>(
                        topics.events().name(), model, Codec.events(old.wire()).encode(event)));
            }
            sender.flush();
        }
    }

    private static Judgment judgment(String id) {
        return new Judgment(
                id,
                "ann-" + id.substring(1),
                "p",
                List.of(
                        new JudgedResponse("a", null, "text of a", new float[] {1}),
                        new JudgedResponse("b", null, "text of b", new float[] {0})),
                List.of(1, 2),
                1,
                null,
                Occasion.of(Map.of(), "test"));
    }

    private static StoredComparison comparison(Deployment old, List<Integer> ranking, float context) {
        return new StoredComparison(
                "p",
                List.of(new ComparedResponse("a", null, new float[] {1}), new ComparedResponse("b", null, new float[] {0
                })),
                ranking,
                1,
                old.featureSpace().id(),
                new StoredComparison.EncodedContext(old.contextSpec().id(), 1, new float[] {context}),
                Occasion.of(Map.of(), "test"));
    }

    private static ProducerRecord<byte[], byte[]> comparison(
            Deployment old, String id, @Nullable StoredComparison value) {
        String annotator = "ann-" + id.substring(1);
        return new ProducerRecord<>(
                old.topics().comparisons().name(),
                Partitioning.of(annotator, old.shards()),
                Codec.COMPARISON_KEYS.encode(new ComparisonKey(annotator, id)),
                value == null ? null : new ComparisonCodec(old.wire()).encode(value));
    }

    private static ParameterSnapshot snapshot(Deployment old, long version, ParameterSnapshot.Kind kind) {
        return snapshot(old, version, kind, null);
    }

    private static ParameterSnapshot snapshot(
            Deployment old, long version, ParameterSnapshot.Kind kind, @Nullable Long rolledBackFrom) {
        return new ParameterSnapshot(
                old.model(),
                version,
                kind,
                new Parameters(Vector.of(0), Vector.of(version == 2 ? 0.5 : 0.25)),
                new ParameterSnapshot.Spaces(
                        old.featureSpace().id(), old.contextSpec().id(), List.of("f"), List.of("c")),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.zeros(2), Vector.zeros(1), PackedSymmetric.zeros(2), 4, 4, 4, -1),
                new ParameterSnapshot.Quality(0, 0, 3, List.of()),
                new ParameterSnapshot.Origin(List.of(1L, 1L), rolledBackFrom, "test", "test", Instant.EPOCH));
    }

    private Path config(String servers) throws Exception {
        return config("old.", servers);
    }

    private Path config(String prefix, String servers) throws Exception {
        Path config = folder.resolve(prefix + "yaml");
        Files.writeString(config, """
                model: m
                kafka: {bootstrap.servers: "%s"}
                topics: {prefix: %s, shards: 2}
                context:
                  offset: 1.0
                  attributes:
                    - {name: c, kind: numeric}
                features: {kind: vectors, name: f, dimension: 1}
                """.formatted(servers, prefix));
        return config;
    }
}
