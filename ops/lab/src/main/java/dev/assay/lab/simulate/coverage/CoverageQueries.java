package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.simulation.PromptGroup;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What every replication of a cell is asked for.
 *
 * @param d         reward dimension
 * @param k         rationality dimension
 * @param responses features φ whose rewards are asked for; a difference is of one to the next
 */
record CoverageQueries(int d, int k, List<Vector> responses) {
    static final int RESPONSES = 20;

    CoverageQueries {
        responses = List.copyOf(responses);
    }

    /** The same responses in every cell and replication, so that each is a coordinate of its own. */
    static CoverageQueries of(int d, PromptGroup group) {
        SplittableRandom random = new SplittableRandom(RESPONSES);
        return new CoverageQueries(
                d,
                CoverageExperiment.K,
                Stream.generate(() -> group.response(random)).limit(RESPONSES).toList());
    }
}
