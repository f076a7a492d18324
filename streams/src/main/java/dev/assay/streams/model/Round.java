package dev.assay.streams.model;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.sums.Question;

/**
 * One round of a rerun: what every shard is asked. What the descent remembers is not in it.
 *
 * @param rerunId the rerun it belongs to
 * @param number from 0
 */
public record Round(String rerunId, int number, Question question) {
    public Round {
        Require.that(number >= 0, "round must not be negative, was %s", number);
    }
}
