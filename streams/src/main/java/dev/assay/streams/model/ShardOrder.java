package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * What the coordinator tells a shard. The newest order is all a restored shard has to know.
 *
 * @param linearisation where to keep statistics; null before the first fit
 * @param round to be answered; null outside a rerun
 */
public record ShardOrder(
        @Nullable Linearisation linearisation, @Nullable Round round) {
    /** Of a coordinator that knows no point and asks nothing. */
    public static final ShardOrder NOTHING = new ShardOrder(null, null);

    /** @return the key of the record that says that the shard's newest update was read; orders have the shard's number */
    public static int readBy(int shard) {
        return -1 - shard;
    }

    /** @return the shard that a record of either key is for */
    public static int shardOf(int key) {
        return key < 0 ? -1 - key : key;
    }
}
