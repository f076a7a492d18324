package dev.assay.streams.wire;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.ShardOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Which partition a record goes to. Explicit everywhere: annotators must stay whole on one shard. */
public final class Partitioning {
    private Partitioning() {}

    /**
     * The partition of an annotator, or of a judgment without one: what Kafka's default partitioner makes of the same
     * UTF-8 bytes, so that any producer that keys judgments by annotator agrees.
     *
     * @param partitionedBy annotatorId, or judgmentId where there is no annotator
     * @param partitions number of partitions, at least 1
     */
    public static int of(String partitionedBy, int partitions) {
        return Utils.toPositive(Utils.murmur2(partitionedBy.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** @return what a comparison's partition is chosen by: its annotator, or the judgment itself where nobody is known */
    public static String partitionedBy(ComparisonKey key) {
        return key.getAnnotatorId() == null ? key.getJudgmentId() : key.getAnnotatorId();
    }

    /** Comparisons go where their annotator's judgments are. */
    public static <V> StreamPartitioner<ComparisonKey, V> byAnnotator() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(of(Partitioning.partitionedBy(key), partitions)));
    }

    /** Entries of the deny list go where the annotator's comparisons are. */
    public static <V> StreamPartitioner<String, V> byAnnotatorId() {
        return (topic, annotatorId, value, partitions) -> Optional.of(Set.of(of(annotatorId, partitions)));
    }

    /** Records whose key is bytes as received are spread by it, those without a key by Kafka. */
    public static <V> StreamPartitioner<byte[], V> spread() {
        return (topic, key, value, partitions) ->
                key == null ? Optional.empty() : Optional.of(Set.of(Utils.toPositive(Utils.murmur2(key)) % partitions));
    }

    /** A round order, and the word that a shard's update was read, go to the partition of the shard's number. */
    public static <V> StreamPartitioner<Integer, V> byShard() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(ShardOrder.shardOf(key)));
    }
}
