package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.collect.KeyLog;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.SnapshotCodec;
import dev.assay.streams.wire.registry.FakeRegistry;
import dev.assay.streams.wire.registry.RegistryUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole estimator without a broker, with a schema registry. */
class RegistryTopologyTest {
    private static final Deployment WITHOUT = Deployments.small(1);
    private static final int PARAMETERS = WITHOUT.shape().parameters();
    private static final KeyLog NO_KEYS = (partition, ends) -> new KeyLog.Search() {
        @Override
        public Optional<List<dev.assay.schemas.admit.ComparisonKey>> keys() {
            return Optional.of(List.of());
        }

        @Override
        public void close() {}
    };

    @TempDir
    Path stateFolder;

    private final FakeRegistry registry = new FakeRegistry();
    private final WireFormat wire = registry.wireFormat(WITHOUT.topics());

    @AfterEach
    void stop() {
        registry.close();
    }

    private TopologyTestDriver start(WireFormat wire) {
        Deployment deployment = new Deployment(WITHOUT.config(), WITHOUT.featureSpace(), wire);
        return new TopologyTestDriver(
                PreferenceTopology.build(
                        deployment,
                        new ShardProgress(PreferenceTopology.SHARD_STORE),
                        NO_KEYS,
                        EstimatorRun.NOTHING_FORGOTTEN,
                        new SimpleMeterRegistry()),
                Role.settings("estimator", deployment, stateFolder, new SimpleMeterRegistry()),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static TestInputTopic<byte[], byte[]> judgments(TopologyTestDriver driver) {
        return driver.createInputTopic(
                WITHOUT.topics().judgments().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** @param frames of the judgments, used in turn */
    private ParameterSnapshot estimate(WireFormat own, WireFormat... frames) throws UndecodableException {
        try (TopologyTestDriver driver = start(own)) {
            TestInputTopic<byte[], byte[]> judgments = judgments(driver);
            for (int i = 0; i < 600; i++) {
                JudgmentCodec codec = new JudgmentCodec(frames[i % frames.length]);
                judgments.pipeInput(codec.encode(Deployments.judgment(i)));
            }
            for (int i = 0; i < 2_000; i++) {
                driver.advanceWallClockTime(Duration.ofMillis(20));
            }
            var parameters = driver.createOutputTopic(
                    WITHOUT.topics().parameters(PARAMETERS).name(),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            List<byte[]> snapshots = parameters.readValuesToList();
            byte[] newest = snapshots.get(snapshots.size() - 1);
            assertThat(newest[0] == 0).isEqualTo(own != WireFormat.SINGLE_OBJECT);
            return new SnapshotCodec(own).decode(newest);
        }
    }

    @Test
    void theEstimateIsTheSameToTheLastBitAlsoOfATopicThatWasSwitchedOver() throws UndecodableException {
        ParameterSnapshot without = estimate(WireFormat.SINGLE_OBJECT, WireFormat.SINGLE_OBJECT);
        ParameterSnapshot with = estimate(wire, wire);
        ParameterSnapshot mixed = estimate(wire, WireFormat.SINGLE_OBJECT, wire);

        assertThat(without.sums().judgments()).isEqualTo(600);
        for (ParameterSnapshot snapshot : List.of(with, mixed)) {
            assertThat(snapshot.parameters()).isEqualTo(without.parameters());
            assertThat(snapshot.sums().information()).isEqualTo(without.sums().information());
            assertThat(snapshot.version()).isEqualTo(without.version());
        }
    }

    @Test
    void everyValueHasTheRegistrysFrameAndNoKeyHas() {
        try (TopologyTestDriver driver = start(wire)) {
            judgments(driver).pipeInput(new JudgmentCodec(wire).encode(Deployments.judgment(1)));

            TestRecord<byte[], byte[]> comparison =
                    output(driver, WITHOUT.topics().comparisons().name()).readRecord();
            assertThat(comparison.value()).startsWith(0, 0, 0, 0);
            assertThat(comparison.key())
                    .startsWith(0xC3, 0x01); // the same for ever, whatever compaction compares it with
        }
    }

    @Test
    void aJudgmentWithAnIdThatTheRegistryDoesNotKnowIsRefusedWithTheReason() {
        try (TopologyTestDriver driver = start(wire)) {
            byte[] judgment = new JudgmentCodec(wire).encode(Deployments.judgment(1));
            ByteBuffer.wrap(judgment).putInt(1, 4711);
            judgments(driver).pipeInput(judgment);

            TestRecord<byte[], byte[]> refused =
                    output(driver, WITHOUT.topics().refusedJudgments().name()).readRecord();
            assertThat(refused.value()).isEqualTo(judgment);
            assertThat(DeadLetterHeaders.get(refused.headers(), DeadLetterHeaders.REASON))
                    .isEqualTo("UNKNOWN_SCHEMA");
            assertThat(DeadLetterHeaders.get(refused.headers(), DeadLetterHeaders.MESSAGE))
                    .contains("no Avro schema with id 4711");
        }
    }

    @Test
    void withoutARegistryAJudgmentOfOneIsRefusedWithTheReason() {
        try (TopologyTestDriver driver = start(WireFormat.SINGLE_OBJECT)) {
            judgments(driver).pipeInput(new JudgmentCodec(wire).encode(Deployments.judgment(1)));

            TestRecord<byte[], byte[]> refused =
                    output(driver, WITHOUT.topics().refusedJudgments().name()).readRecord();
            assertThat(DeadLetterHeaders.get(refused.headers(), DeadLetterHeaders.REASON))
                    .isEqualTo("UNKNOWN_SCHEMA");
            assertThat(DeadLetterHeaders.get(refused.headers(), DeadLetterHeaders.MESSAGE))
                    .contains("registry.url");
        }
    }

    @Test
    void aRegistryThatIsAwayStopsTheThreadAndRefusesNothing() {
        byte[] judgment = new JudgmentCodec(registry.wireFormat(WITHOUT.topics())).encode(Deployments.judgment(1));
        try (TopologyTestDriver driver = start(wire)) {
            registry.setDown(true);
            TestInputTopic<byte[], byte[]> judgments = judgments(driver);

            assertThatThrownBy(() -> judgments.pipeInput(judgment))
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class);

            assertThat(output(driver, WITHOUT.topics().refusedJudgments().name())
                            .isEmpty())
                    .isTrue();
        }
        registry.setDown(false);
        try (TopologyTestDriver driver = start(wire)) { // as the thread that replaces it does, from the last commit on
            judgments(driver).pipeInput(judgment);
            assertThat(output(driver, WITHOUT.topics().comparisons().name()).isEmpty())
                    .isFalse();
        }
    }
}
