package dev.assay.streams.collect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far each shard of this instance has read its partition of the comparisons. Kafka hands a restoring store keys and
 * values without offsets; as restore listener we learn the end.
 */
public final class ShardProgress implements StateRestoreListener {
    private final String storeName;
    private final Map<Integer, Long> coveredOffsets = new ConcurrentHashMap<>();

    /** @param storeName name of the shards' store in the topology */
    public ShardProgress(String storeName) {
        this.storeName = storeName;
    }

    /** @return the offset up to which (exclusive) the shard has read */
    public long coveredOffset(int shard) {
        return coveredOffsets.getOrDefault(shard, 0L);
    }

    void advance(int shard, long offset) {
        coveredOffsets.put(shard, offset);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        if (store.equals(storeName)) {
            advance(partition.partition(), endingOffset); // It answers nothing before it has got there.
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long restored) {}

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {}
}
