package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import java.util.List;

/**
 * What every replication of a cell is asked for.
 *
 * @param d         reward dimension
 * @param k         rationality dimension
 * @param responses features φ whose rewards are asked for; a difference is of one to the next
 */
record CoverageQueries(int d, int k, List<Vector> responses) {
    CoverageQueries {
        responses = List.copyOf(responses);
    }
}
