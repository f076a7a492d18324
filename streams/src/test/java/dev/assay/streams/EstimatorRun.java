package dev.assay.streams;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.collect.KeyLog;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.descend.ErasureHistory;
import dev.assay.streams.descend.ErasureLog;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The whole estimator without a broker: judgments in, snapshots out, before topics, stores and timers of Kafka's own test driver. */
final class EstimatorRun implements AutoCloseable {
    static final KeyLog NOBODY_IS_ERASED = (partition, ends) -> {
        throw new AssertionError("no erasure was asked for");
    };

    static final ErasureLog NOTHING_FORGOTTEN = reading(() -> Optional.of(ErasureHistory.NOTHING));

    /** What the coordinator reads again of erasures when it starts; empty while it still reads. */
    Optional<ErasureHistory> history = Optional.of(ErasureHistory.NOTHING);

    final TopologyTestDriver driver;
    final TestInputTopic<byte[], byte[]> judgments;
    final TestOutputTopic<String, byte[]> parameters;
    private final JudgmentCodec codec = new JudgmentCodec();
    private @Nullable ParameterSnapshot newest;

    EstimatorRun(Deployment deployment, KeyLog keyLog, MeterRegistry meters, Path stateFolder) {
        driver = new TopologyTestDriver(
                PreferenceTopology.build(
                        deployment,
                        new ShardProgress(PreferenceTopology.SHARD_STORE),
                        keyLog,
                        reading(() -> history),
                        meters),
                Role.settings("estimator", deployment, stateFolder, meters),
                Instant.parse("2026-01-01T00:00:00Z"));
        judgments = driver.createInputTopic(
                deployment.topics().judgments().name(), new ByteArraySerializer(), new ByteArraySerializer());
        parameters = driver.createOutputTopic(
                deployment.topics().parameters(deployment.shape().parameters()).name(),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static ErasureLog reading(Supplier<Optional<ErasureHistory>> history) {
        return () -> new ErasureLog.Reading() {
            @Override
            public Optional<ErasureHistory> history() {
                return history.get();
            }

            @Override
            public void close() {}
        };
    }

    void send(JudgmentMessage message) {
        byte[] key = Objects.requireNonNull(message.annotatorId()).getBytes(StandardCharsets.UTF_8);
        judgments.pipeInput(key, codec.encode(message));
    }

    /** Long enough for shards to report, a rerun to become due and to run. */
    void rest() {
        for (int tick = 0; tick < 30; tick++) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
    }

    ParameterSnapshot newestSnapshot() {
        parameters.readValuesToList().forEach(bytes -> {
            try {
                newest = new SnapshotCodec().decode(bytes);
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        });
        return Objects.requireNonNull(newest, "no snapshot was published");
    }

    /** The fit on the first judgments of the population, without topics. */
    static Fit offline(int judgments) {
        DoubleComparisonStore store = new DoubleComparisonStore(4, 4);
        for (int i = 0; i < judgments; i++) {
            Comparison exact = Deployments.POPULATION.comparison(Deployments.POPULATION.judgment(i));
            double[] difference = exact.difference().toArray();
            for (int j = 0; j < difference.length; j++) {
                difference[j] = (float) difference[j];
            }
            store.add(new Comparison(1, exact.context(), Vector.of(difference), exact.preference(), 1));
        }
        return new AlternatingDescent(FitConfig.DEFAULTS).fit(Start.cold(4, 4), List.of(new StoreShard(store)));
    }

    /** The largest difference of a parameter. */
    static double standardErrorsApart(ParameterSnapshot snapshot, Fit fit) {
        var errors = Covariance.model(fit).orElseThrow().standardErrors();
        var apart = snapshot.parameters().joint().minus(fit.parameters().joint());
        return IntStream.range(0, errors.size())
                .mapToDouble(i -> Math.abs(apart.get(i)) / errors.get(i))
                .max()
                .orElseThrow();
    }

    @Override
    public void close() {
        driver.close();
    }
}
