package dev.assay.lab.simulate.coverage;

import dev.assay.lab.simulate.IntervalMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * What we want of a cell: every coordinate of every quantity covered with 0.93 to 0.97, and rewards and differences on
 * average over their coordinates with 0.94 to 0.96.
 *
 * @param misses what was missed, in words; empty if nothing
 */
record CoverageTarget(String what, List<String> misses) {
    private static final double LEVEL = IntervalMethod.LEVEL;
    private static final double FROM = 0.93;
    private static final double TO = 0.97;
    private static final double MEAN_FROM = 0.94;
    private static final double MEAN_TO = 0.96;

    static CoverageTarget of(String what, CoverageCell cell, IntervalMethod method) {
        List<String> misses = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            CoverageTally tally = cell.tally(method, quantity);
            long outside = outside(tally, 0);
            if (outside > 0) {
                double error = Math.sqrt(LEVEL * (1 - LEVEL) / tally.mean().count());
                misses.add(quantity.text() + ": " + outside + " of "
                        + tally.coordinates().size() + " coordinates outside 0.93–0.97, " + outside(tally, 2 * error)
                        + " by more than two Monte-Carlo standard errors, " + tally.text());
            }
            boolean average = quantity == Quantity.REWARD || quantity == Quantity.DIFFERENCE;
            if (average && (tally.mean().mean() < MEAN_FROM || tally.mean().mean() > MEAN_TO)) {
                misses.add(quantity.text() + ": mean outside 0.94–0.96, "
                        + tally.mean().text(3));
            }
        }
        return new CoverageTarget(what, misses);
    }

    private static long outside(CoverageTally tally, double by) {
        return tally.coordinates().stream()
                .filter(share -> share < FROM - by || share > TO + by)
                .count();
    }

    boolean passed() {
        return misses.isEmpty();
    }

    String text() {
        return what + ": " + (passed() ? "pass" : "MISS (" + String.join("; ", misses) + ")");
    }
}
