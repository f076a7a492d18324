package dev.assay.streams.wire;

import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.JudgmentMessage;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Judgments and retractions as records of their topic: key and partition are the annotator's, who must stay whole. */
public final class JudgmentRecords {
    private final String topic;
    private final int shards;
    private final JudgmentCodec codec;

    /**
     * @param topics the catalogue
     * @param shards partitions of the topic, at least 1
     * @param wire of the topic
     */
    public JudgmentRecords(Topics topics, int shards, WireFormat wire) {
        codec = new JudgmentCodec(wire);
        topic = topics.judgments().name();
        this.shards = shards;
    }

    /** @return the record of a judgment, or of its retraction; both of one judgment go to the same partition */
    public ProducerRecord<byte[], byte[]> of(JudgmentMessage message) {
        String key = message.key().partitionedBy();
        return new ProducerRecord<>(
                topic, Partitioning.of(key, shards), key.getBytes(StandardCharsets.UTF_8), codec.encode(message));
    }
}
