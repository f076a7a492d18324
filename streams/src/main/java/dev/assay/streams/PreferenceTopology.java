package dev.assay.streams;

import dev.assay.streams.wire.Codec;
import dev.assay.schemas.Topics;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.collect.CollectProcessor;
import dev.assay.streams.collect.EraseProcessor;
import dev.assay.streams.collect.KeyLog;
import dev.assay.streams.collect.NewestRecord;
import dev.assay.streams.collect.RefuseProcessor;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.collect.ShardStoreBuilder;
import dev.assay.streams.descend.AnnotatorWatch;
import dev.assay.streams.descend.AnswerProcessor;
import dev.assay.streams.descend.CoordinatorMeters;
import dev.assay.streams.descend.CoordinatorProcessor;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.publish.AnnounceProcessor;
import dev.assay.streams.publish.PublishProcessor;
import dev.assay.streams.wire.CodecSerializer;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.Partitioning;
import dev.assay.streams.wire.ShardAnnotatorsCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import dev.assay.streams.wire.ShardReportCodec;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The estimator's topology, in the order a judgment meets it. Wiring only. */
public final class PreferenceTopology {
    /** Name of the shards' stores. */
    public static final String SHARD_STORE = "comparisons";

    private static final String DENY_STORE = "denied";
    private static final String ORDER_STORE = "orders";
    private static final String SNAPSHOT_STORE = "parameters";
    private static final String MEMORY_STORE = "coordination";

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
     * @param keyLog finds the keys of an erased annotator
     * @param meters counts what the stages do
     */
    public static Topology build(Deployment deployment, ShardProgress progress, KeyLog keyLog, MeterRegistry meters) {
        Topology topology = new Topology();
        Topics topics = deployment.topics();
        int parameters = deployment.shape().parameters();
        admit(topology, deployment, topics, meters);
        collect(topology, deployment, topics, progress, meters);
        erase(topology, deployment, topics, progress, keyLog, meters);
        answer(topology, deployment, topics, parameters, progress, meters);
        coordinate(topology, deployment, topics, parameters, meters);
        publish(topology, deployment, topics, parameters, meters);
        return topology;
    }

    private static void admit(Topology topology, Deployment deployment, Topics topics, MeterRegistry meters) {
        deployment.featureSpace().bindTo(meters);
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
                                new RememberedFeatures(deployment.featureSpace(), REMEMBERED_TEXTS, meters, "admit"),
                                deployment.wire()),
                        meters,
                        "admitted",
                        "rejected"),
                "judgments");
        topology.addSink(
                "admitted",
                topics.comparisons().name(),
                new CodecSerializer<>(Codec.COMPARISON_KEYS),
                new CodecSerializer<>(new ComparisonCodec(deployment.wire())),
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
        Gauge.builder("collect.shards.expected", deployment::shards).register(meters);
        topology.addReadOnlyStateStore(
                new ShardStoreBuilder(SHARD_STORE, deployment.shape(), deployment.wire(), meters),
                "comparisons",
                AS_SENT,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.comparisons().name(),
                "collect",
                () -> new CollectProcessor(SHARD_STORE, progress));
        topology.addProcessor("refuse", () -> new RefuseProcessor(SHARD_STORE, meters), "comparisons");
        topology.connectProcessorAndStateStores("refuse", SHARD_STORE);
    }

    private static void erase(
            Topology topology,
            Deployment deployment,
            Topics topics,
            ShardProgress progress,
            KeyLog keyLog,
            MeterRegistry meters) {
        topology.addReadOnlyStateStore(
                onlyItsTopic(DENY_STORE, Serdes.ByteArray()),
                "erasures",
                FIRST,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.erasures().name(),
                "deny",
                () -> new NewestRecord<>(DENY_STORE));
        topology.addProcessor(
                "erase",
                () -> new EraseProcessor(
                        DENY_STORE,
                        SHARD_STORE,
                        progress,
                        keyLog,
                        deployment.wire(),
                        meters,
                        new EraseProcessor.Children("tombstones", "swept")),
                "erasures");
        topology.connectProcessorAndStateStores("erase", DENY_STORE, SHARD_STORE);
        topology.addSink(
                "tombstones",
                topics.comparisons().name(),
                new CodecSerializer<>(Codec.COMPARISON_KEYS),
                new CodecSerializer<>(new ComparisonCodec(deployment.wire())),
                Partitioning.byAnnotator(),
                "refuse",
                "erase");
        topology.addSink(
                "swept",
                topics.erasures().name(),
                new StringSerializer(),
                new CodecSerializer<>(Codec.erasures(deployment.wire())),
                Partitioning.byAnnotatorId(),
                "erase");
    }

    private static void answer(
            Topology topology,
            Deployment deployment,
            Topics topics,
            int parameters,
            ShardProgress progress,
            MeterRegistry meters) {
        topology.addReadOnlyStateStore(
                onlyItsTopic(ORDER_STORE, Serdes.Integer()),
                "round-orders",
                FIRST,
                new IntegerDeserializer(),
                new ByteArrayDeserializer(),
                topics.roundOrders(parameters).name(),
                "newest-order",
                () -> new NewestRecord<>(ORDER_STORE));
        topology.addProcessor(
                "answer",
                () -> new AnswerProcessor(
                        ORDER_STORE,
                        SHARD_STORE,
                        progress,
                        deployment.config().update().interval(),
                        new AnnotatorWatch(deployment.model()),
                        deployment.wire(),
                        meters,
                        new AnswerProcessor.Children("shard-reports-out", "announce-annotators", "annotators-out")),
                "round-orders");
        topology.connectProcessorAndStateStores("answer", ORDER_STORE, SHARD_STORE);
        topology.addSink(
                "shard-reports-out",
                topics.shardReports(parameters).name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardReportCodec(deployment.wire())),
                "answer");
        topology.addSink(
                "annotators-out",
                topics.annotators().name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardAnnotatorsCodec(deployment.wire())),
                "answer");
        announce(topology, deployment, topics, "announce-annotators", "annotator-events", "answer");
    }

    private static void coordinate(
            Topology topology, Deployment deployment, Topics topics, int parameters, MeterRegistry meters) {
        topology.addSource(
                AutoOffsetReset.latest(),
                "shard-reports",
                AS_SENT,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.shardReports(parameters).name());
        topology.addSource(
                AutoOffsetReset.earliest(),
                "commands",
                FIRST,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.commands(parameters).name());
        CoordinatorMeters coordinating = new CoordinatorMeters(meters);
        topology.addProcessor(
                "coordinate",
                () -> new CoordinatorProcessor(
                        deployment.model(),
                        topics.commands(parameters).name(),
                        MEMORY_STORE,
                        deployment.shards(),
                        deployment.coordinator(),
                        deployment.wire(),
                        coordinating,
                        new CoordinatorProcessor.Children("round-orders-out", "publish", "erasures-out", "announce")),
                "shard-reports",
                "commands");
        topology.addSink(
                "round-orders-out",
                topics.roundOrders(parameters).name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardOrderCodec(deployment.wire())),
                Partitioning.byShard(),
                "coordinate");
        topology.addSink(
                "erasures-out",
                topics.erasures().name(),
                new StringSerializer(),
                new CodecSerializer<>(Codec.erasures(deployment.wire())),
                Partitioning.byAnnotatorId(),
                "coordinate");
    }

    private static void publish(
            Topology topology, Deployment deployment, Topics topics, int parameters, MeterRegistry meters) {
        topology.addProcessor(
                "publish",
                () -> new PublishProcessor(
                        deployment.provenance(),
                        SNAPSHOT_STORE,
                        MEMORY_STORE,
                        meters,
                        deployment.wire(),
                        new PublishProcessor.Children("parameters-out", "history", "announce")),
                "coordinate");
        topology.addReadOnlyStateStore(
                onlyItsTopic(SNAPSHOT_STORE, Serdes.String()),
                "parameters",
                AS_SENT,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.parameters(parameters).name(),
                "newest-snapshot",
                () -> new NewestRecord<>(SNAPSHOT_STORE));
        topology.connectProcessorAndStateStores("publish", SNAPSHOT_STORE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(MEMORY_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(topics.memory(parameters)),
                "coordinate",
                "publish");
        topology.addSink(
                "parameters-out",
                topics.parameters(parameters).name(),
                new StringSerializer(),
                new CodecSerializer<>(new SnapshotCodec(deployment.wire())),
                "publish");
        topology.addSink(
                "history",
                topics.parameterHistory(parameters).name(),
                new StringSerializer(),
                new CodecSerializer<>(new SnapshotCodec(deployment.wire())),
                "publish");
        announce(topology, deployment, topics, "announce", "events", "coordinate", "publish");
    }

    private static void announce(
            Topology topology, Deployment deployment, Topics topics, String name, String sink, String... parents) {
        String source = "/assay/" + topics.prefix() + deployment.model();
        topology.addProcessor(name, () -> new AnnounceProcessor(source), parents);
        topology.addSink(
                sink,
                topics.events().name(),
                new StringSerializer(),
                new CodecSerializer<>(Codec.events(deployment.wire())),
                name);
    }

    /** A store that is nothing but a view of a compacted topic. */
    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> onlyItsTopic(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled();
    }
}
