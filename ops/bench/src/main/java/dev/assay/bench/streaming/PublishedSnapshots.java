package dev.assay.bench.streaming;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts snapshots on the topic of parameters as a publisher does. The rewards of version v are v times those of version 1 and
 * the information is always the same, so that whoever is answered can tell which version each number comes from.
 */
final class PublishedSnapshots implements AutoCloseable {
    private final Trial trial;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SnapshotCodec codec = new SnapshotCodec();
    private final PackedSymmetric information;
    private final Vector reward;

    PublishedSnapshots(Trial trial) {
        this.trial = trial;
        producer = trial.cluster()
                .producer(Map.of(
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 64 << 20));
        SplittableRandom random = new SplittableRandom(5);
        int d = trial.deployment().shape().rewardDimension();
        int p = trial.deployment().shape().parameters();
        reward = Vector.of(random.doubles(d, -1, 1).toArray());
        information = gram(random, p);
    }

    /** A Gram matrix of 4p uniform rows, and something on its diagonal: positive definite, with correlations. */
    private static PackedSymmetric gram(SplittableRandom random, int p) {
        double[][] sum = new double[p][p];
        for (int row = 0; row < 4 * p; row++) {
            double[] v = random.doubles(p, -1, 1).toArray();
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    sum[i][j] += v[i] * v[j];
                }
            }
        }
        for (int i = 0; i < p; i++) {
            sum[i][i] += 1;
        }
        return PackedSymmetric.ofRows(sum);
    }

    void publish(long version) throws ExecutionException, InterruptedException {
        var shape = trial.deployment().shape();
        int k = shape.rationalityDimension();
        ParameterSnapshot snapshot = new ParameterSnapshot(
                trial.deployment().model(),
                version,
                ParameterSnapshot.Kind.RERUN,
                new Parameters(reward.times((double) version), Vector.zeros(k)),
                new ParameterSnapshot.Spaces(
                        shape.featureSpace(),
                        shape.contextSpec(),
                        trial.deployment().featureSpace().names(),
                        trial.deployment().contextSpec().names()),
                new ParameterSnapshot.Sums(
                        information,
                        Vector.zeros(shape.rewardDimension() * k),
                        PackedSymmetric.zeros(shape.parameters()),
                        1_000_000,
                        1_000_000,
                        10,
                        -600_000),
                new ParameterSnapshot.Quality(0, 0, 6, List.of()),
                new ParameterSnapshot.Origin(List.of(), null, "bench", "bench", Instant.now()));
        String topic =
                trial.deployment().topics().parameters(shape.parameters()).name();
        producer.send(new ProducerRecord<>(
                        topic, trial.deployment().model().getBytes(StandardCharsets.UTF_8), codec.encode(snapshot)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
