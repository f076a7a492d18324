package dev.assay.streams.collect;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps the shard's store current. */
public final class CollectProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    private final String storeName;
    private final ShardProgress progress;

    /**
     * @param storeName the shard's store
     * @param progress where the offset is kept for those who report
     */
    public CollectProcessor(String storeName, ShardProgress progress) {
        this.storeName = storeName;
        this.progress = progress;
    }

    @Override
    public void process(Record<byte[], byte[]> comparison) {
        ShardStore store = context().getStateStore(storeName);
        try {
            store.take(comparison.key(), comparison.value());
        } finally { // What cannot be used has been read too.
            int shard = context().taskId().partition();
            context().recordMetadata().ifPresent(from -> progress.advance(shard, from.offset() + 1));
        }
    }
}
