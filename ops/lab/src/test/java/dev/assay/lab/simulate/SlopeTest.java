package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlopeTest {
    private static final double ROUNDING = 1e-12;

    @Test
    void pointsOnALineGiveThatLine() {
        Slope slope = Slope.of(new double[] {1, 2, 5}, new double[] {7, 9, 15}, new double[3]);
        assertThat(slope.value()).isCloseTo(2, within(ROUNDING));
        assertThat(slope.intercept()).isCloseTo(5, within(ROUNDING));
        assertThat(slope.standardError()).isZero();
    }

    @Test
    void ofTwoPointsTheErrorIsThatOfTheirDifference() {
        Slope slope = Slope.of(new double[] {1, 3}, new double[] {0, 4}, new double[] {0.3, 0.4});
        assertThat(slope.standardError()).isCloseTo(0.5 / 2, within(ROUNDING));
        assertThat(slope.contains(2 + 1.9 * 0.25)).isTrue();
        assertThat(slope.contains(2 + 2.0 * 0.25)).isFalse();
    }

    @Test
    void aPowerOfXHasItsExponentForASlope() {
        List<ReplicationMean> means = List.of(root(100), root(400), root(1600));
        Slope slope = Slope.logarithmic(new double[] {100, 400, 1600}, means);
        assertThat(slope.value()).isCloseTo(-0.5, within(ROUNDING));
        // Every log mean has the error 0.01; the outer two are log 4 to each side of the middle.
        assertThat(slope.standardError()).isCloseTo(0.01 / (Math.sqrt(2) * Math.log(4)), within(ROUNDING));
    }

    private static ReplicationMean root(double x) {
        double mean = 3 / Math.sqrt(x);
        return new ReplicationMean(mean, mean / 100, 10);
    }
}
