package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import org.junit.jupiter.api.Test;

class MultipleTestsTest {
    private static final Vector P_VALUES = Vector.of(0.04, 0.01, 0.03, 0.005, 0.9);

    @Test
    void holmMultipliesByTheTestsLeftAndNeverFalls() {
        assertThat(MultipleTests.holm(P_VALUES).toArray())
                .containsExactly(new double[] {0.09, 0.04, 0.09, 0.025, 0.9}, within(1e-15));
    }

    @Test
    void benjaminiAndHochbergDivideByTheRankAndNeverFall() {
        assertThat(MultipleTests.benjaminiHochberg(P_VALUES).toArray())
                .containsExactly(new double[] {0.05, 0.025, 0.05, 0.025, 0.9}, within(1e-15));
    }

    @Test
    void noTestNeedsNoAdjustmentAndNoProbabilityIsRefused() {
        assertThat(MultipleTests.holm(Vector.of())).isEqualTo(Vector.of());
        assertThatThrownBy(() -> MultipleTests.benjaminiHochberg(Vector.of(0.5, 1.5)))
                .hasMessageContaining("p-value 1 must be between 0 and 1, was 1.5");
    }
}
