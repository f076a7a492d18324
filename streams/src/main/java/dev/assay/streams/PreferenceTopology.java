package dev.assay.streams;

import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.schemas.Topics;
import dev.assay.streams.adapt.CodecSerializer;
import dev.assay.streams.adapt.ComparisonCodec;
import dev.assay.streams.adapt.ComparisonKeyCodec;
import dev.assay.streams.adapt.EventCodec;
import dev.assay.streams.adapt.Partitioning;
import dev.assay.streams.adapt.ShardOrderCodec;
import dev.assay.streams.adapt.ShardReportCodec;
import dev.assay.streams.adapt.SnapshotCodec;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.admit.RememberedFeatures;
import dev.assay.streams.collect.CollectProcessor;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.collect.ShardStoreBuilder;
import dev.assay.streams.descend.AnswerProcessor;
import dev.assay.streams.descend.CoordinatorProcessor;
import dev.assay.streams.publish.NewestSnapshot;
import dev.assay.streams.publish.PublishProcessor;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/** The estimator's topology, in the order a judgment meets it. Wiring only. */
public final class PreferenceTopology {
    /** Name of the shards' stores. */
    public static final String SHARD_STORE = "comparisons";

    private static final String SNAPSHOT_STORE = "parameters";

    /** Texts whose features an admitting task remembers: 10,000 of 65 float32 and 1 KB of text are some 15 MB. */
    private static final int REMEMBERED_TEXTS = 10_000;

    /** A producer may claim any time; what is read is what counts, so only impossible times are mended. */
    private static final TimestampExtractor AS_SENT = (record, partitionTime) -> Math.max(0, record.timestamp());

    /** Streams picks by timestamp among a task's partitions: 0 puts round orders before any backlog of judgments. */
    private static final TimestampExtractor FIRST = (record, partitionTime) -> 0;

    private PreferenceTopology() {}

    /**
     * Builds the topology of one deployment.
     *
     * @param deployment what it is made of
     * @param progress learns as restore listener how far shards are restored
     * @param meters counts what the stages do
     */
    public static Topology build(Deployment deployment, ShardProgress progress, MeterRegistry meters) {
        Topology topology = new Topology();
        Topics topics = deployment.topics();
        int parameters = deployment.shape().parameters();
        admit(topology, deployment, topics, meters);
        collect(topology, deployment, topics, progress, meters);
        answer(topology, topics, parameters, progress, meters);
        coordinate(topology, deployment, topics, parameters, meters);
        publish(topology, deployment, topics, parameters);
        return topology;
    }

    private static void admit(Topology topology, Deployment deployment, Topics topics, MeterRegistry meters) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                "judgments",
                AS_SENT,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.judgments().name());
        topology.addProcessor(
                "admit",
                () -> new AdmitProcessor(
                        new Admit(
                                deployment.contextSpec(),
                                new RememberedFeatures(deployment.featureSpace(), REMEMBERED_TEXTS)),
                        meters,
                        "admitted",
                        "rejected"),
                "judgments");
        topology.addSink(
                "admitted",
                topics.comparisons().name(),
                new CodecSerializer<>(new ComparisonKeyCodec()),
                new CodecSerializer<>(new ComparisonCodec()),
                Partitioning.byAnnotator(),
                "admit");
        topology.addSink(
                "rejected",
                topics.rejectedJudgments().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Partitioning.spread(),
                "admit");
    }

    private static void collect(
            Topology topology, Deployment deployment, Topics topics, ShardProgress progress, MeterRegistry meters) {
        topology.addReadOnlyStateStore(
                new ShardStoreBuilder(SHARD_STORE, deployment.shape(), meters),
                "comparisons",
                AS_SENT,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.comparisons().name(),
                "collect",
                () -> new CollectProcessor(SHARD_STORE, progress));
    }

    private static void answer(
            Topology topology, Topics topics, int parameters, ShardProgress progress, MeterRegistry meters) {
        topology.addSource(
                AutoOffsetReset.latest(),
                "round-orders",
                FIRST,
                new IntegerDeserializer(),
                new ByteArrayDeserializer(),
                topics.roundOrders(parameters).name());
        topology.addProcessor("answer", () -> new AnswerProcessor(SHARD_STORE, progress, meters), "round-orders");
        topology.connectProcessorAndStateStores("answer", SHARD_STORE);
        topology.addSink(
                "shard-reports-out",
                topics.shardReports(parameters).name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardReportCodec()),
                "answer");
    }

    private static void coordinate(
            Topology topology, Deployment deployment, Topics topics, int parameters, MeterRegistry meters) {
        topology.addSource(
                AutoOffsetReset.latest(),
                "shard-reports",
                AS_SENT,
                new IntegerDeserializer(),
                new ByteArrayDeserializer(),
                topics.shardReports(parameters).name());
        Descent descent = new AlternatingDescent(deployment.fitConfig());
        topology.addProcessor(
                "coordinate",
                () -> new CoordinatorProcessor(
                        deployment.model(),
                        descent,
                        deployment.fitConfig().tolerance(),
                        deployment.schedule(),
                        deployment.shards(),
                        deployment.shape(),
                        meters,
                        new CoordinatorProcessor.Children("round-orders-out", "publish", "events")),
                "shard-reports");
        topology.addSink(
                "round-orders-out",
                topics.roundOrders(parameters).name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardOrderCodec()),
                Partitioning.byShard(),
                "coordinate");
    }

    private static void publish(Topology topology, Deployment deployment, Topics topics, int parameters) {
        topology.addProcessor(
                "publish",
                () -> new PublishProcessor(
                        deployment.provenance(),
                        SNAPSHOT_STORE,
                        new PublishProcessor.Children("parameters-out", "history", "events")),
                "coordinate");
        topology.addReadOnlyStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SNAPSHOT_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "parameters",
                AS_SENT,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.parameters(parameters).name(),
                "newest-snapshot",
                () -> new NewestSnapshot(SNAPSHOT_STORE));
        topology.connectProcessorAndStateStores("publish", SNAPSHOT_STORE);
        topology.addSink(
                "parameters-out",
                topics.parameters(parameters).name(),
                new StringSerializer(),
                new CodecSerializer<>(new SnapshotCodec()),
                "publish");
        topology.addSink(
                "history",
                topics.parameterHistory(parameters).name(),
                new StringSerializer(),
                new CodecSerializer<>(new SnapshotCodec()),
                "publish");
        topology.addSink(
                "events",
                topics.events().name(),
                new StringSerializer(),
                new CodecSerializer<>(new EventCodec()),
                "coordinate",
                "publish");
    }
}
