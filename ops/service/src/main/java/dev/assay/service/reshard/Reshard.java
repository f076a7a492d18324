package dev.assay.service.reshard;

import dev.assay.schemas.Topic;
import dev.assay.schemas.Topic.Partitions;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.StandingRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.Partitioning;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Copies a deployment at rest to topics of another prefix and number of shards, so that the estimators there go on where
 * these ended. Of compacted topics only what stands is copied: erased judgments that compaction has not reached stay
 * behind.
 *
 * <p>A copy names its original in a header, so a run that was interrupted can be gone on with: what is there already is
 * not written again.
 */
public final class Reshard {
    /** On a copy: topic, partition and offset of the original. */
    static final String ORIGIN_HEADER = "assay.copied-from";

    private final Deployment from;
    private final Deployment to;
    private final int parameters;

    public Reshard(Deployment from, Deployment to) {
        this.from = from;
        this.to = to;
        parameters = from.shape().parameters();
    }

    /** How many records each topic has now, of those that stand or were due; equal on both sides, as was checked. */
    public record Copied(int comparisons, int erasures, int snapshots, int history, int judgments) {}

    /**
     * @param consumed up to where (exclusive) the old estimators have consumed judgments
     * @throws ReshardRefusedException if what has arrived is not what was sent
     */
    public Copied run(Map<TopicPartition, Long> consumed) throws Exception {
        var old = from.topics();
        var young = to.topics();
        int comparisons = copyStanding(old.comparisons(), young.comparisons());
        int erasures = copyStanding(old.erasures(), young.erasures());
        int history = copyAll(old.parameterHistory(parameters), young.parameterHistory(parameters), Map.of());
        int judgments = copyAll(old.judgments(), young.judgments(), consumed);
        // The snapshot last: it is what makes scorers of the new prefix ready.
        int snapshots = copyStanding(old.parameters(parameters), young.parameters(parameters));
        return new Copied(comparisons, erasures, snapshots, history, judgments);
    }

    private int copyStanding(Topic source, Topic target) throws Exception {
        StandingRecords standing = StandingRecords.of(from, source.name());
        Set<String> present = origins(target);
        try (TopicTail reader = Clients.tail(from, source.name());
                CheckedSender sender = new CheckedSender(to)) {
            reader.readToEnd(record -> {
                if (standing.contains(record) && !present.contains(origin(record))) {
                    sender.send(copy(record, target));
                }
            });
            sender.flush();
        }
        StandingRecords arrived = StandingRecords.of(to, target.name());
        if (arrived.differences(standing) > 0) {
            throw new ReshardRefusedException("topics " + source.name() + " and " + target.name()
                    + " must hold the same, "
                    + standing.count() + " and " + arrived.count() + " keys stand, " + arrived.differences(standing)
                    + " of them differ; has somebody written meanwhile? Delete the topics of prefix "
                    + to.topics().prefix() + " and begin again");
        }
        return standing.count();
    }

    private int copyAll(Topic source, Topic target, Map<TopicPartition, Long> consumed) throws Exception {
        Set<String> present = origins(target);
        Set<String> due = new HashSet<>();
        try (TopicTail reader = Clients.tail(from, source.name());
                CheckedSender sender = new CheckedSender(to)) {
            reader.readToEnd(record -> {
                long begin = consumed.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                if (record.offset() >= begin) {
                    String origin = origin(record);
                    due.add(origin);
                    if (!present.contains(origin)) {
                        sender.send(copy(record, target));
                    }
                }
            });
            sender.flush();
        }
        Set<String> arrived = origins(target);
        if (!arrived.equals(due)) {
            throw new ReshardRefusedException("topic " + target.name() + " must hold " + due.size() + " records of "
                    + source.name() + ", holds " + arrived.size() + "; delete the topics of prefix "
                    + to.topics().prefix() + " and begin again");
        }
        return due.size();
    }

    private Set<String> origins(Topic target) {
        Set<String> origins = new HashSet<>();
        Clients.read(to, target.name(), record -> {
            Header origin = record.headers().lastHeader(ORIGIN_HEADER);
            origins.add(origin == null ? origin(record) : new String(origin.value(), StandardCharsets.UTF_8));
        });
        return origins;
    }

    private static String origin(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** With its time, so that retention and a judgment's age are what they were. */
    private ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, Topic target) {
        Headers headers = new RecordHeaders(record.headers());
        headers.remove(ORIGIN_HEADER).add(ORIGIN_HEADER, origin(record).getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                target.name(), partition(record, target), record.timestamp(), record.key(), record.value(), headers);
    }

    private @Nullable Integer partition(ConsumerRecord<byte[], byte[]> record, Topic target) {
        if (target.partitions() == Partitions.SINGLE) {
            return 0;
        }
        if (record.key() == null) {
            return null; // A judgment sent without a key: admission finds its shard.
        }
        if (target.name().equals(to.topics().comparisons().name())) {
            try {
                return Partitioning.of(
                        Partitioning.partitionedBy(Codec.COMPARISON_KEYS.decode(record.key())), to.shards());
            } catch (UndecodableException e) {
                // It names nobody, and every shard leaves it out.
                return Utils.toPositive(Utils.murmur2(record.key())) % to.shards();
            }
        }
        return Utils.toPositive(Utils.murmur2(record.key())) % to.shards(); // as Partitioning has it of an annotator
    }
}
