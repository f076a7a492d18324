package dev.assay.estimator.sums;

/** Some of the comparisons, able to answer a question: in this process or behind a topic. */
@FunctionalInterface
public interface Shard {
    /** Same comparisons in the same order and same question, same bits. */
    Answer answer(Question question);
}
