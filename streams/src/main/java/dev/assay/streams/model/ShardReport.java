package dev.assay.streams.model;

import dev.assay.estimator.sums.Answer;
import dev.assay.schemas.descend.ErasureProgress;
import java.util.List;

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
     * @param erasures those whose receipt is still owed
     */
    record Status(int shard, long coveredOffset, long judgments, List<ErasureProgress> erasures)
            implements ShardReport {}

    /**
     * Unasked, after changes: the statistics over all the shard holds.
     *
     * @param epoch of the {@link Linearisation} they are at
     * @param answer statistics with information, cross and clusters, without moments
     */
    record Update(int shard, long coveredOffset, long epoch, Answer answer) implements ShardReport {}

    /**
     * The answer to one round.
     *
     * @param rerunId the rerun asked for
     * @param round its round
     * @param answer the shard's
     */
    record Reply(int shard, long coveredOffset, String rerunId, int round, Answer answer) implements ShardReport {}
}
