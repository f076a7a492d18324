package dev.assay.streams;

import dev.assay.schemas.Topics;
import dev.assay.streams.adapt.CodecSerializer;
import dev.assay.streams.adapt.Partitioning;
import dev.assay.streams.adapt.ScoreReplyCodec;
import dev.assay.streams.admit.RememberedFeatures;
import dev.assay.streams.collect.NewestRecord;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.score.Scorer;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** A scoring worker's topology: every worker reads the parameters whole, requests are shared. Wiring only. */
public final class ScoreTopology {
    private static final String SNAPSHOT_STORE = "parameters";
    private static final int REMEMBERED_TEXTS = 10_000;

    private ScoreTopology() {}

    /**
     * Builds the topology of one deployment's workers.
     *
     * @param deployment what it is made of
     * @param meters counts what the stage does
     */
    public static Topology build(Deployment deployment, MeterRegistry meters) {
        Topics topics = deployment.topics();
        ServiceConfig.ScoreConfig score = deployment.config().score();
        Topology topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SNAPSHOT_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "parameters",
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.parameters(deployment.shape().parameters()).name(),
                "newest-snapshot",
                () -> new NewestRecord<>(SNAPSHOT_STORE));
        topology.addSource(
                AutoOffsetReset.latest(),
                "score-requests",
                (record, partitionTime) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.scoreRequests().name());
        deployment.featureSpace().bindTo(meters);
        topology.addProcessor(
                "score",
                () -> new ScoreProcessor(
                        deployment.model(),
                        SNAPSHOT_STORE,
                        new Scorer(
                                new RememberedFeatures(deployment.featureSpace(), REMEMBERED_TEXTS, meters, "score"),
                                score.level(),
                                score.maxCandidates()),
                        meters),
                "score-requests");
        topology.addSink(
                "score-replies",
                topics.scoreReplies().name(),
                new ByteArraySerializer(),
                new CodecSerializer<>(new ScoreReplyCodec()),
                Partitioning.spread(),
                "score");
        return topology;
    }
}
