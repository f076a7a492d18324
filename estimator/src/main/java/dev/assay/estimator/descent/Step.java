package dev.assay.estimator.descent;

import dev.assay.estimator.sums.Question;

/** What a {@link Descent} decides after a round. */
public sealed interface Step {
    /**
     * Ask the shards.
     *
     * @param round    from 0
     * @param question for the shards, and all they see
     * @param state    for {@link Descent#advance} alone
     */
    record Ask(int round, Question question, Method.State state) implements Step {}

    /** The fit has ended, well or not. */
    record Done(Fit fit) implements Step {}
}
