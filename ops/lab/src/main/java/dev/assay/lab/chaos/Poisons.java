package dev.assay.lab.chaos;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Wanted;
import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.Deployment;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.ShardAnnotatorsCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import dev.assay.streams.wire.ShardReportCodec;
import dev.assay.streams.wire.SnapshotCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Twelve kinds of record that are none of their topic, for each topic. A good record has 0.25 somewhere, in the place of which
 * stands another number, and a word that is replaced by one of the same length that means nothing.
 */
final class Poisons {
    private static final String UNKNOWN_WORD = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@";
    private static final Instant THEN = Instant.ofEpochMilli(0);

    private final Deployment deployment;
    private final Topics topics;
    private final ShardShape shape;
    private final WireFormat wire;
    private final ParameterSnapshot snapshot;
    private final int shard;

    /**
     * @param snapshot one of the deployment
     * @param shard whose partition they go to, where the topic has one for each
     */
    Poisons(Deployment deployment, ParameterSnapshot snapshot, int shard) {
        this.deployment = deployment;
        this.snapshot = snapshot;
        this.shard = shard;
        topics = deployment.topics();
        shape = deployment.shape();
        wire = deployment.wire();
    }

    /**
     * One record.
     *
     * @param unusable whether its reader can make nothing of it; a tombstone means something on most topics
     */
    record Poison(String kind, ProducerRecord<byte[], byte[]> record, boolean unusable) {}

    /** Of a topic that is read on and on: what is to be in quarantine when all has been read. */
    List<List<Poison>> read() {
        int p = shape.parameters();
        byte[] model = utf8(deployment.model());
        byte[] ofShard = ByteBuffer.allocate(Integer.BYTES).putInt(shard).array();
        List<List<Poison>> all = new ArrayList<>();
        all.add(of(topics.comparisons(), null, comparison(shape.rewardDimension()), comparison(3), "", true));
        all.add(of(topics.erasures(), null, erasure(0), erasure(-1), "REQUESTED", true));
        all.add(of(topics.commands(p), model, rollback(), command(""), "ROLLBACK", false));
        all.add(of(topics.roundOrders(p), ofShard, order(shape.rewardDimension()), order(3), "", true));
        all.add(of(topics.shardReports(p), ofShard, report(shape.rewardDimension()), report(3), "", false));
        all.add(of(topics.parameters(p), model, snapshot(snapshot.model()), snapshot("x".repeat(9)), "", true));
        all.add(of(topics.annotators(), ofShard, annotators(), utf8("3 annotators"), "", true));
        all.add(of(topics.events(), model, event(), utf8("an event"), "PUBLISHED", true));
        all.add(of(topics.judgmentIds(), utf8("source/1"), utf8("{\"judgmentId\":7.25"), utf8("[]"), "", true));
        return all;
    }

    /** Of the topics that have an answer of their own to it, or that nobody reads on and on. */
    List<Poison> others() {
        int p = shape.parameters();
        List<Poison> all = new ArrayList<>();
        for (Topic topic : topics.all(p)) {
            boolean read =
                    read().stream().anyMatch(of -> of.get(0).record().topic().equals(topic.name()));
            if (!read) {
                all.addAll(of(topic, utf8("key"), snapshot(snapshot.model()), utf8("3"), "", true));
            }
        }
        return all;
    }

    private List<Poison> of(
            Topic topic, byte @Nullable [] key, byte[] good, byte[] wrongDimension, String word, boolean tombstones) {
        byte[] random = new byte[200];
        new SplittableRandom(3).nextBytes(random);
        byte[] oversized = new byte[topic.maxMessageBytes() - 300];
        new SplittableRandom(4).nextBytes(oversized);
        byte[] magic = good.clone();
        magic[0] ^= 0x55;
        byte[] badWord =
                word.isEmpty() ? Arrays.copyOf(good, good.length + 7) : replaced(good, utf8(word), utf8(UNKNOWN_WORD));
        List<Poison> kinds = new ArrayList<>();
        kinds.add(poison("null value", topic, key, null, !tombstones));
        kinds.add(poison("empty", topic, key, new byte[0], true));
        kinds.add(poison("random bytes", topic, key, random, true));
        kinds.add(poison("cut off", topic, key, Arrays.copyOf(good, good.length / 2), true));
        kinds.add(poison("of another schema", topic, key, otherThan(topic), true));
        kinds.add(poison("another magic", topic, key, magic, true));
        kinds.add(poison("not a number", topic, key, numbered(good, Double.NaN), true));
        kinds.add(poison("a huge number", topic, key, numbered(good, Double.POSITIVE_INFINITY), true));
        kinds.add(poison("of a wrong dimension", topic, key, wrongDimension, true));
        kinds.add(poison("a word that means nothing", topic, key, badWord, true));
        kinds.add(poison("oversized", topic, key, oversized, true));
        // Where readers do not look at the key, the value is wrong too.
        boolean keyed = List.of(
                        topics.comparisons().name(),
                        topics.roundOrders(1).name(),
                        topics.shardReports(1).name(),
                        topics.parameters(1).name())
                .contains(topic.name());
        kinds.add(new Poison(
                "a key of another kind",
                new ProducerRecord<>(topic.name(), partitionOf(topic), new byte[] {1, 2, 3}, keyed ? good : random),
                true));
        return kinds;
    }

    /** Under a key of its own where keys matter to others, so that nothing good is taken out. */
    private Poison poison(String kind, Topic topic, byte @Nullable [] key, byte @Nullable [] value, boolean unusable) {
        byte[] of = key != null
                ? key
                : topic.name().equals(topics.comparisons().name())
                        ? Codec.COMPARISON_KEYS.encode(new ComparisonKey("poison", kind))
                        : utf8("poison " + kind);
        return new Poison(kind, new ProducerRecord<>(topic.name(), partitionOf(topic), of, value), unusable);
    }

    private int partitionOf(Topic topic) {
        return topic.partitions() == Topic.Partitions.SHARDED ? shard : 0;
    }

    private byte[] otherThan(Topic topic) {
        return topic.name().equals(topics.events().name()) ? rollback() : event();
    }

    private byte[] comparison(int d) {
        float[] features = new float[d];
        features[0] = 0.5f;
        return new ComparisonCodec(wire)
                .encode(new StoredComparison(
                        "p",
                        List.of(
                                new ComparedResponse("r1", null, features),
                                new ComparedResponse("r2", null, new float[d])),
                        List.of(1, 2),
                        0.25,
                        shape.featureSpace(),
                        new StoredComparison.EncodedContext(
                                shape.contextSpec(), 1, new float[shape.rationalityDimension()]),
                        Occasion.of(Map.of(), "poison")));
    }

    private byte[] erasure(long judgments) {
        return Codec.erasures(wire).encode(new Erasure("poison", "e1", "REQUESTED", 0L, judgments, 0L, THEN));
    }

    private byte[] rollback() {
        return new CommandCodec(wire).encode(new Command.Rollback("c1", quarter(snapshot.model()), THEN));
    }

    private byte[] command(String annotator) {
        return new CommandCodec(wire).encode(new Command.EraseAnnotator("c2", annotator, THEN));
    }

    private byte[] order(int d) {
        return new ShardOrderCodec(wire).encode(new ShardOrder(new Linearisation(999, point(d)), null));
    }

    private Parameters point(int d) {
        double[] reward = new double[d];
        reward[0] = 0.25;
        return new Parameters(Vector.of(reward), Vector.zeros(shape.rationalityDimension()));
    }

    private byte[] report(int d) {
        Statistics zero = Statistics.zero(d, shape.rationalityDimension(), Wanted.STATISTICS_AND_CLUSTERS);
        return new ShardReportCodec(wire)
                .encode(new ShardReport.Update(
                        shard,
                        5,
                        999,
                        new Answer(
                                3,
                                3,
                                new Statistics(
                                        0,
                                        point(d).joint(),
                                        zero.information(),
                                        zero.cross(),
                                        0,
                                        zero.meat(),
                                        Double.POSITIVE_INFINITY,
                                        0))));
    }

    private byte[] snapshot(String model) {
        return new SnapshotCodec(wire).encode(quarter(model));
    }

    private ParameterSnapshot quarter(String model) {
        int p = shape.parameters();
        return new ParameterSnapshot(
                model,
                snapshot.version(),
                snapshot.kind(),
                point(shape.rewardDimension()),
                snapshot.spaces(),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.zeros(p),
                        Vector.zeros(shape.rewardDimension() * shape.rationalityDimension()),
                        PackedSymmetric.zeros(p),
                        1,
                        1,
                        1,
                        -1),
                snapshot.quality(),
                snapshot.origin());
    }

    private byte[] annotators() {
        return new ShardAnnotatorsCodec(wire)
                .encode(new ShardAnnotators(
                        deployment.model(),
                        shard,
                        1,
                        THEN,
                        new ShardAnnotators.Totals(1, 1, 0, 0, null),
                        List.of(new ShardAnnotators.Annotator("poison", 1, 0.25, 1, 1, false, false))));
    }

    private byte[] event() {
        return Codec.events(wire)
                .encode(new Event(
                        "poison", EventType.PUBLISHED.name(), deployment.model(), null, "nothing", Map.of(), THEN));
    }

    /** Where there is no such number, one byte too many. */
    private static byte[] numbered(byte[] good, double instead) {
        return replaced(good, little(0.25), little(instead));
    }

    private static byte[] replaced(byte[] good, byte[] wanted, byte[] instead) {
        for (int at = 0; at + wanted.length <= good.length; at++) {
            if (Arrays.equals(good, at, at + wanted.length, wanted, 0, wanted.length)) {
                byte[] replaced = good.clone();
                System.arraycopy(instead, 0, replaced, at, wanted.length);
                return replaced;
            }
        }
        return Arrays.copyOf(good, good.length + 1);
    }

    private static byte[] little(double value) {
        return ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
