package dev.assay.lab.simulate.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.ReplicationMean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTargetTest {
    @Test
    void coverageAtTheBoundPasses() {
        assertThat(target(0.94, 0.93).passed()).isTrue();
    }

    @Test
    void oneCoordinateOutsideIsAMissThatIsNamed() {
        CoverageTarget target = target(0.95, 0.92);
        assertThat(target.passed()).isFalse();
        // 0.92 is 0.01 below the bound, and two Monte-Carlo standard errors of 1,000 replications are 0.014.
        assertThat(target.text()).startsWith("here: MISS (θ: 1 of 5 coordinates outside 0.93–0.97, 0 by more than two");
    }

    @Test
    void aMeanOutsideIsAMissOfRewardsAndDifferencesAlone() {
        assertThat(target(0.937, 0.937).misses())
                .containsExactly(
                        "reward: mean outside 0.94–0.96, 0.937 ± 0.003",
                        "difference: mean outside 0.94–0.96, 0.937 ± 0.003");
    }

    /** Every coordinate of every quantity has the same coverage, but one of θ. */
    private static CoverageTarget target(double coverage, double first) {
        Map<Quantity, CoverageTally> tallies = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            List<Double> coordinates = new ArrayList<>(Collections.nCopies(5, coverage));
            if (quantity == Quantity.THETA) {
                coordinates.set(0, first);
            }
            tallies.put(
                    quantity,
                    new CoverageTally(
                            coordinates,
                            new ReplicationMean(coverage, 0.003, 1000),
                            new ReplicationMean(1, 0.01, 1000)));
        }
        CoverageCell cell = new CoverageCell(400, Map.of(IntervalMethod.MODEL, tallies), Map.of());
        return CoverageTarget.of("here", cell, IntervalMethod.MODEL);
    }
}
