package dev.assay.estimator.sums;

import dev.assay.estimator.choice.Parameters;
import java.util.List;

/** Single questions, as tests of shards ask them. */
public final class Questions {
    private Questions() {}

    public static Question at(Parameters point, Wanted wanted, Parameters... trials) {
        return new Question(point, List.of(trials), wanted);
    }
}
