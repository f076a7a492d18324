package dev.assay.streams.adapt;

import dev.assay.estimator.descent.ShardSum;

/** What a shard tells the coordinator. */
public sealed interface ShardReport {
    /** @return number of the shard, which is its partition, from 0 */
    int shard();

    /** @return offset of the topic of comparisons up to which (exclusive) the shard has read its partition */
    long coveredOffset();

    /**
     * Unasked, now and then and after changes: what the shard holds.
     *
     * @param judgments comparisons held
     */
    record Status(int shard, long coveredOffset, long judgments) implements ShardReport {}

    /**
     * The answer to one round order.
     *
     * @param rerunId the rerun asked for
     * @param round its round
     * @param sum the shard's statistics
     */
    record Answer(int shard, long coveredOffset, String rerunId, int round, ShardSum sum) implements ShardReport {}
}
