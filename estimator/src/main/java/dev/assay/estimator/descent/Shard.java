package dev.assay.estimator.descent;

/** Some of the comparisons, able to answer a round: in this process or behind a topic. */
@FunctionalInterface
public interface Shard {
    /** Same comparisons in the same order and same question, same bits. */
    ShardSum answer(RoundOrder order);
}
