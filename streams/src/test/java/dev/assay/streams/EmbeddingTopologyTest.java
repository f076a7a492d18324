package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.features.embed.FakeServer;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.JudgmentCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judgments with texts, through the whole topology and a real HTTP server. */
class EmbeddingTopologyTest {
    @TempDir
    Path stateFolder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void textsAreEmbeddedAJudgmentAtATimeAndEachTextOnce() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request));
                Running running = new Running(server)) {
            running.send("j1", "abc", "de");
            running.send("j2", "de", "abc");
            running.send("j3", "abc", "f");

            var admitted = running.comparisons.readValuesToList();
            assertThat(admitted).hasSize(3);
            var responses = new ComparisonCodec().decode(admitted.get(1)).responses();
            assertThat(responses.get(0).features()).containsExactly(2, 'd');
            assertThat(responses.get(1).features()).containsExactly(3, 'a');
            assertThat(server.requests().stream().map(FakeServer.Request::texts))
                    .containsExactly(List.of("abc", "de"), List.of("f"));
            assertThat(counted("admit.features.made")).isEqualTo(3);
            assertThat(counted("admit.features.remembered")).isEqualTo(3);
            assertThat(meters.get("admit.embeddings.requests").functionCounter().count())
                    .isEqualTo(2);
        }
    }

    @Test
    void aJudgmentWithoutEmbeddingsIsSetAsideStopsNothingAndCanBeSentAgain() throws Exception {
        FakeServer.Behaviour refusesTheFirst =
                (n, request) -> n == 0 ? FakeServer.status(401, "wrong key") : FakeServer.tei(request);
        try (FakeServer server = FakeServer.answering(refusesTheFirst);
                Running running = new Running(server)) {
            running.send("j1", "abc", "de");
            running.send("j2", "gh", "ijk");

            TestRecord<byte[], byte[]> refused = running.rejected.readRecord();
            assertThat(header(refused, AdmitProcessor.REASON_HEADER)).isEqualTo("FEATURES_UNAVAILABLE");
            assertThat(header(refused, "__streams.errors.message")).endsWith("answers with status 401: wrong key");
            assertThat(running.comparisons.readValuesToList()).hasSize(1);
            running.judgments.pipeInput(refused);
            assertThat(running.comparisons.readValuesToList()).hasSize(1);
            assertThat(running.rejected.isEmpty()).isTrue();
        }
    }

    private double counted(String name) {
        return meters.get(name).counter().count();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The topology, asking a server. */
    private final class Running implements AutoCloseable {
        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> judgments;
        private final TestOutputTopic<byte[], byte[]> comparisons;
        private final TestOutputTopic<byte[], byte[]> rejected;

        Running(FakeServer server) {
            ServiceConfig config = ServiceConfig.parse("""
                    kafka: {bootstrap.servers: "localhost:1"}
                    topics: {shards: 1}
                    features: {kind: embeddings, contract: tei, url: "%s", dimension: 2, retries: 0, timeout: PT30S}
                    """.formatted(server.address()), Map.of());
            Deployment deployment = new Deployment(config, config.features().open(Path.of(".")));
            var topology = PreferenceTopology.build(
                    deployment,
                    new ShardProgress(PreferenceTopology.SHARD_STORE),
                    (partition, ends) -> {
                        throw new AssertionError("nobody is erased");
                    },
                    EstimatorRun.NOTHING_FORGOTTEN,
                    meters);
            driver = new TopologyTestDriver(
                    topology,
                    Role.settings("estimator", deployment, stateFolder, meters),
                    Instant.parse("2026-01-01T00:00:00Z"));
            var topics = deployment.topics();
            judgments = driver.createInputTopic(
                    topics.judgments().name(), new ByteArraySerializer(), new ByteArraySerializer());
            comparisons = driver.createOutputTopic(
                    topics.comparisons().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            rejected = driver.createOutputTopic(
                    topics.refusedJudgments().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        void send(String id, String first, String second) {
            Judgment judgment = new Judgment(
                    id,
                    "a",
                    "p",
                    List.of(
                            new JudgedResponse("r" + first, null, first, null),
                            new JudgedResponse("r" + second, null, second, null)),
                    List.of(1, 2),
                    1,
                    null,
                    Occasion.of(Map.of(), "test"));
            judgments.pipeInput(new byte[] {'a'}, new JudgmentCodec().encode(judgment));
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
