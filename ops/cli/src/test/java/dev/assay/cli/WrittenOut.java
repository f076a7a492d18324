package dev.assay.cli;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.Topics;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ParameterSnapshot.Kind;
import dev.assay.streams.wire.SnapshotCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A small deployment whose snapshots a test writes itself: vectors of two numbers, one context attribute. */
final class WrittenOut {
    static final int PARAMETERS = 3;

    private WrittenOut() {}

    /** @param more lines of its config */
    static Deployment deployment(Path folder, EmbeddedBroker broker, int shards, String more) throws Exception {
        Path config =
                Files.writeString(folder.resolve("assay.yaml"), """
                model: m
                kafka: {bootstrap.servers: "%s"}
                topics: {prefix: s., shards: %d}
                context:
                  attributes:
                    - {name: c, kind: numeric}
                features: {kind: vectors, name: f, dimension: 2}
                threads: 1
                %s
                """.formatted(broker.bootstrapServers(), shards, more));
        Deployment deployment = DeploymentOption.open(config);
        Clients.setUpTopics(deployment, Duration.ofMinutes(1));
        return deployment;
    }

    static ParameterSnapshot snapshot(Deployment deployment, long version, Kind kind, Vector reward) {
        PackedSymmetric information = PackedSymmetric.of(PARAMETERS, new double[] {4, 1, 5, 0, 1, 6});
        return new ParameterSnapshot(
                deployment.model(),
                version,
                kind,
                new Parameters(reward, Vector.of(0.5)),
                new ParameterSnapshot.Spaces(
                        deployment.featureSpace().id(),
                        deployment.contextSpec().id(),
                        deployment.featureSpace().names(),
                        deployment.contextSpec().names()),
                new ParameterSnapshot.Sums(information, Vector.zeros(2), information, 1000, 1000, 20, -500),
                new ParameterSnapshot.Quality(0, 0, 7, java.util.List.of()),
                new ParameterSnapshot.Origin(
                        LongStream.generate(() -> 1)
                                .limit(deployment.shards())
                                .boxed()
                                .toList(),
                        null,
                        "test",
                        "test",
                        Instant.EPOCH));
    }

    /** As a publisher does: all on the one topic, those of reruns on the other too. */
    static void publish(Deployment deployment, ParameterSnapshot snapshot) throws Exception {
        byte[] model = deployment.model().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new SnapshotCodec(deployment.wire()).encode(snapshot);
        Topics topics = deployment.topics();
        try (CheckedSender sender = new CheckedSender(deployment)) {
            sender.send(new ProducerRecord<>(topics.parameters(PARAMETERS).name(), model, bytes));
            if (snapshot.kind() == Kind.RERUN) {
                sender.send(
                        new ProducerRecord<>(topics.parameterHistory(PARAMETERS).name(), model, bytes));
            }
            sender.flush();
        }
    }
}
