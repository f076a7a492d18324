package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.List;

/** Single questions, as tests of shards ask them, and how near to a pass what was kept up must be. */
public final class Questions {
    private Questions() {}

    public static Question at(Parameters point, Wanted wanted, Parameters... trials) {
        return new Question(point, List.of(trials), wanted);
    }

    /** 2000 additions and subtractions leave some 1e-13 of what is summed. */
    static void assertClose(Vector running, Vector pass) {
        assertThat(running.toArray()).containsExactly(pass.toArray(), within(1e-9 * Math.max(1, pass.length())));
    }
}
