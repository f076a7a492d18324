package dev.assay.estimator.sums;

import dev.assay.estimator.choice.Parameters;
import java.util.List;

/**
 * All a shard is asked in a round, and all it needs to know. What the descent remembers stays with whoever drives it.
 *
 * @param point  where the statistics are wanted
 * @param trials where only the log-likelihood is wanted; of a step, the first is the point the step started from
 * @param wanted which sums
 */
public record Question(Parameters point, List<Parameters> trials, Wanted wanted) {
    public Question {
        trials = List.copyOf(trials);
    }

    /** Without trials. */
    public Question(Parameters point, Wanted wanted) {
        this(point, List.of(), wanted);
    }

    /** The moments, for which no point counts. */
    public static Question moments(int rewardDimension, int rationalityDimension) {
        return new Question(Parameters.zeros(rewardDimension, rationalityDimension), Wanted.MOMENTS);
    }
}
