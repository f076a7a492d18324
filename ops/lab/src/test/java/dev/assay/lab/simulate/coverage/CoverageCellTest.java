package dev.assay.lab.simulate.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.Replications;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageCellTest {
    @Test
    void withManyJudgmentsTheModelsIntervalsCoverAsTheyClaim() {
        try (Replications replications = new Replications(5, 200, 2, () -> {})) {
            CoverageCell cell = CoverageCell.run(
                    "test",
                    CoverageExperiment.design(new ContextDesign(3, 1, 0.4, 0.2)),
                    2000,
                    CoverageExperiment.queries(),
                    List.of(IntervalMethod.MODEL),
                    replications);
            for (Quantity quantity : Quantity.values()) {
                CoverageTally tally = cell.tally(IntervalMethod.MODEL, quantity);
                // Were all coordinates one, 4 standard errors of 200 replications would be 0.062.
                assertThat(tally.mean().mean()).as(quantity.text()).isBetween(0.888, 1.0);
                assertThat(tally.width().mean()).isPositive();
            }
            assertThat(cell.without(IntervalMethod.MODEL)).isZero();
        }
    }

    @Test
    void coverageIsCountedByCoordinateOverTheReplicationsWithAnInterval() {
        CoverageTally tally = CoverageTally.of(List.of(
                Optional.of(new CoverageTally.Answer(List.of(true, false), 2)),
                Optional.empty(),
                Optional.of(new CoverageTally.Answer(List.of(true, true), 4))));
        assertThat(tally.coordinates()).containsExactly(1.0, 0.5);
        assertThat(tally.mean().mean()).isEqualTo(0.75);
        assertThat(tally.width().mean()).isEqualTo(3);
        assertThat(tally.text()).isEqualTo("0.750 (0.500–1.000)");
    }
}
