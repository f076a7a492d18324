package dev.assay.streams;

import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.admit.AdmitProcessor;
import dev.assay.streams.collect.CollectProcessor;
import dev.assay.streams.collect.DenyEntries;
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
import dev.assay.streams.descend.ErasureLog;
import dev.assay.streams.descend.Orders;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.publish.AnnounceProcessor;
import dev.assay.streams.publish.PublishProcessor;
import dev.assay.streams.publish.SnapshotEntries;
import dev.assay.streams.wire.CloudEvent;
import dev.assay.streams.wire.Codec;
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
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/** The estimator's topology, in the order a judgment meets it. Wiring only. */
public final class PreferenceTopology {
    /** Name of the shards' stores. */
    public static final String SHARD_STORE = "comparisons";

    private static final String DENY_STORE = "denied";
    private static final String ORDER_STORE = "orders";
    private static final String SNAPSHOT_STORE = "parameters";
    static final String MEMORY_STORE = "coordination"; // Kafka Streams names the topic of its changelog after it

    /** A producer may claim any time; what is read is what counts, so only impossible times are mended. */
    private static final TimestampExtractor AS_SENT = (record, partitionTime) -> Math.max(0, record.timestamp());

    /** Streams picks by timestamp among a task's partitions: 0 puts round orders before any backlog of judgments. */
    private static final TimestampExtractor FIRST = (record, partitionTime) -> 0;

    /** And comparisons before the judgments that are still to become some: else their backlog comes on top of the judgments'. */
    private static final TimestampExtractor SECOND = (record, partitionTime) -> 1;

    private final Topology topology = new Topology();
    private final Deployment deployment;
    private final Topics topics;
    private final WireFormat wire;
    private final int parameters;
    private final ShardProgress progress;
    private final MeterRegistry meters;

    private PreferenceTopology(Deployment deployment, ShardProgress progress, MeterRegistry meters) {
        this.deployment = deployment;
        this.progress = progress;
        this.meters = meters;
        topics = deployment.topics();
        wire = deployment.wire();
        parameters = deployment.shape().parameters();
    }

    /**
     * Builds the topology of one deployment.
     *
     * @param deployment what it is made of
     * @param progress learns as restore listener how far shards are restored
     * @param keyLog finds the keys of an erased annotator
     * @param erasureLog finds erasures that a coordinator has forgotten
     * @param meters counts what the stages do
     */
    public static Topology build(
            Deployment deployment, ShardProgress progress, KeyLog keyLog, ErasureLog erasureLog, MeterRegistry meters) {
        PreferenceTopology wiring = new PreferenceTopology(deployment, progress, meters);
        wiring.admit();
        wiring.collect();
        wiring.erase(keyLog);
        wiring.answer();
        wiring.coordinate(erasureLog);
        wiring.publish();
        return wiring.topology;
    }

    private void admit() {
        deployment.featureSpace().bindTo(meters);
        source(AutoOffsetReset.earliest(), "judgments", AS_SENT, topics.judgments());
        topology.addProcessor(
                "admit",
                () -> new AdmitProcessor(
                        new Admit(
                                deployment.contextSpec(),
                                new RememberedFeatures(
                                        deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY, meters, "admit"),
                                wire),
                        meters,
                        "admitted",
                        "rejected"),
                "judgments");
        comparisons("admitted", "admit");
        topology.addSink(
                "rejected",
                topics.refusedJudgments().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Partitioning.spread(),
                "admit");
    }

    private void collect() {
        Gauge.builder("collect.shards.expected", deployment::shards).register(meters);
        topology.addReadOnlyStateStore(
                new ShardStoreBuilder(SHARD_STORE, deployment.shape(), wire, meters),
                "comparisons",
                SECOND,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.comparisons().name(),
                "collect",
                () -> new CollectProcessor(SHARD_STORE, progress));
        topology.addProcessor("refuse", () -> new RefuseProcessor(SHARD_STORE, meters), "comparisons");
        topology.connectProcessorAndStateStores("refuse", SHARD_STORE);
    }

    private void erase(KeyLog keyLog) {
        view(DENY_STORE, Serdes.ByteArray(), "erasures", FIRST, topics.erasures(), "deny", new DenyEntries(wire));
        topology.addProcessor(
                "erase",
                () -> new EraseProcessor(
                        DENY_STORE,
                        SHARD_STORE,
                        progress,
                        keyLog,
                        wire,
                        meters,
                        new EraseProcessor.Children("tombstones", "swept")),
                "erasures");
        topology.connectProcessorAndStateStores("erase", DENY_STORE, SHARD_STORE);
        comparisons("tombstones", "refuse", "erase");
        erasures("swept", "erase");
    }

    private void answer() {
        Orders orders = new Orders(deployment.shape(), wire);
        Topic newest = topics.roundOrders(parameters);
        view(ORDER_STORE, Serdes.Integer(), "round-orders", FIRST, newest, "newest-order", orders);
        topology.addProcessor(
                "answer",
                () -> new AnswerProcessor(
                        ORDER_STORE,
                        SHARD_STORE,
                        progress,
                        deployment.config().estimate().update().interval(),
                        new AnnotatorWatch(deployment.model()),
                        orders,
                        meters,
                        new AnswerProcessor.Children("shard-reports-out", "announce-annotators", "annotators-out")),
                "round-orders");
        topology.connectProcessorAndStateStores("answer", ORDER_STORE, SHARD_STORE);
        sink(
                "shard-reports-out",
                topics.shardReports(parameters),
                new IntegerSerializer(),
                new ShardReportCodec(wire),
                "answer");
        sink("annotators-out", topics.annotators(), new IntegerSerializer(), new ShardAnnotatorsCodec(wire), "answer");
        announce("announce-annotators", "annotator-events", "answer");
    }

    private void coordinate(ErasureLog erasureLog) {
        source(AutoOffsetReset.latest(), "shard-reports", AS_SENT, topics.shardReports(parameters));
        source(AutoOffsetReset.earliest(), "commands", FIRST, topics.commands(parameters));
        CoordinatorMeters coordinating = new CoordinatorMeters(meters);
        topology.addProcessor(
                "coordinate",
                () -> new CoordinatorProcessor(
                        deployment.model(),
                        new CoordinatorProcessor.Sources(
                                topics.commands(parameters).name(), MEMORY_STORE, erasureLog),
                        deployment.shards(),
                        deployment.coordinator(),
                        wire,
                        coordinating,
                        new CoordinatorProcessor.Children("round-orders-out", "publish", "erasures-out", "announce")),
                "shard-reports",
                "commands");
        topology.addSink(
                "round-orders-out",
                topics.roundOrders(parameters).name(),
                new IntegerSerializer(),
                new CodecSerializer<>(new ShardOrderCodec(wire)),
                Partitioning.byShard(),
                "coordinate");
        erasures("erasures-out", "coordinate");
    }

    private void publish() {
        topology.addProcessor(
                "publish",
                () -> new PublishProcessor(
                        deployment.provenance(),
                        SNAPSHOT_STORE,
                        MEMORY_STORE,
                        meters,
                        wire,
                        new PublishProcessor.Children("parameters-out", "history", "announce")),
                "coordinate");
        Topic newest = topics.parameters(parameters);
        SnapshotEntries entries = new SnapshotEntries(wire);
        view(SNAPSHOT_STORE, Serdes.String(), "parameters", AS_SENT, newest, "newest-snapshot", entries);
        topology.connectProcessorAndStateStores("publish", SNAPSHOT_STORE);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(MEMORY_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(topics.memory(parameters)),
                "coordinate",
                "publish");
        SnapshotCodec codec = new SnapshotCodec(wire);
        sink("parameters-out", topics.parameters(parameters), new StringSerializer(), codec, "publish");
        sink("history", topics.parameterHistory(parameters), new StringSerializer(), codec, "publish");
        announce("announce", "events", "coordinate", "publish");
    }

    private void announce(String name, String sink, String... parents) {
        String source = CloudEvent.sourceOf(topics, deployment.model());
        topology.addProcessor(name, () -> new AnnounceProcessor(source), parents);
        sink(sink, topics.events(), new StringSerializer(), Codec.events(wire), name);
    }

    private void source(AutoOffsetReset reset, String name, TimestampExtractor timestamps, Topic topic) {
        topology.addSource(
                reset, name, timestamps, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.name());
    }

    private <K, V> void sink(String name, Topic topic, Serializer<K> keys, Codec<V> values, String parent) {
        topology.addSink(name, topic.name(), keys, new CodecSerializer<>(values), parent);
    }

    private void comparisons(String sink, String... parents) {
        topology.addSink(
                sink,
                topics.comparisons().name(),
                new CodecSerializer<>(Codec.COMPARISON_KEYS),
                new CodecSerializer<>(new ComparisonCodec(wire)),
                Partitioning.byAnnotator(),
                parents);
    }

    private void erasures(String sink, String parent) {
        topology.addSink(
                sink,
                topics.erasures().name(),
                new StringSerializer(),
                new CodecSerializer<>(Codec.erasures(wire)),
                Partitioning.byAnnotatorId(),
                parent);
    }

    /** A store that is nothing but a view of a compacted topic. */
    private <K> void view(
            String store,
            Serde<K> keys,
            String source,
            TimestampExtractor timestamps,
            Topic topic,
            String reader,
            NewestRecord.Check<K> check) {
        topology.addReadOnlyStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), keys, Serdes.ByteArray())
                        .withLoggingDisabled(),
                source,
                timestamps,
                keys.deserializer(),
                new ByteArrayDeserializer(),
                topic.name(),
                reader,
                () -> new NewestRecord<K>(store, check));
    }
}
