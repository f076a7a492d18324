package dev.assay.lab.simulate.coverage;

import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.ReplicationMean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often intervals held the truth.
 *
 * @param coordinates share of the replications, for every coordinate
 * @param mean        over coordinates, with the Monte-Carlo error of the replications
 * @param width       of the intervals, mean over coordinates and replications
 */
record CoverageTally(List<Double> coordinates, ReplicationMean mean, ReplicationMean width) {
    /**
     * One replication's answer.
     *
     * @param covered  share of the coordinates that were covered is its mean; 1 or 0 for each
     * @param width    mean over coordinates
     */
    record Answer(List<Boolean> covered, double width) {}

    /** Of the replications that have intervals. */
    static CoverageTally of(List<Optional<Answer>> answers) {
        List<Answer> given = answers.stream().flatMap(Optional::stream).toList();
        int size = given.isEmpty() ? 0 : given.get(0).covered().size();
        double[] shares = new double[size];
        double[] means = new double[given.size()];
        for (int r = 0; r < given.size(); r++) {
            for (int i = 0; i < size; i++) {
                int hit = given.get(r).covered().get(i) ? 1 : 0;
                shares[i] += hit;
                means[r] += hit;
            }
            means[r] /= size;
        }
        // Counted first, divided once: a share of exactly 0.93 must compare as that.
        Arrays.setAll(shares, i -> shares[i] / given.size());
        return new CoverageTally(
                Arrays.stream(shares).boxed().toList(),
                ReplicationMean.of(means),
                ReplicationMean.of(given.stream().mapToDouble(Answer::width).toArray()));
    }

    double lowest() {
        return coordinates.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double highest() {
        return coordinates.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** As {@code 0.951 (0.943–0.957)}: mean, then the lowest and highest coordinate. */
    String text() {
        return Numbers.fixed(mean.mean(), 3) + " (" + Numbers.fixed(lowest(), 3) + "–" + Numbers.fixed(highest(), 3)
                + ")";
    }
}
