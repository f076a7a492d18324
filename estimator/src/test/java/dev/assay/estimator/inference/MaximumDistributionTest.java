package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaximumDistributionTest {
    private static final MonteCarlo DRAWS = MonteCarlo.seeded(7);
    private static final double NORMAL = Double.POSITIVE_INFINITY;

    @Test
    void oneAloneHasTheOrdinaryQuantileExactly() {
        PackedSymmetric one = PackedSymmetric.of(1, new double[] {1});
        assertThat(MaximumDistribution.of(one, NORMAL, DRAWS).quantile(0.95))
                .isCloseTo(1.959963984540054, within(1e-6));
        // R: qt(.975, 10)
        assertThat(MaximumDistribution.of(one, 10, DRAWS).quantile(0.95)).isCloseTo(2.228138851964939, within(1e-6));
        assertThat(MaximumDistribution.of(one, NORMAL, DRAWS).tail(0)).isEqualTo(1);
    }

    @Test
    void twiceTheSameOrItsOppositeIsOne() {
        PackedSymmetric same = PackedSymmetric.of(3, new double[] {1, 1, 1, -1, -1, 1});
        assertThat(MaximumDistribution.of(same, NORMAL, DRAWS).quantile(0.95))
                .isCloseTo(1.959963984540054, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.95", "5, 0.95", "20, 0.95", "5, 0.5", "5, 0.999"})
    void independentOnesFollowTheirProduct(int size, double level) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            rows[i][i] = 1;
        }
        MaximumDistribution independent = MaximumDistribution.of(PackedSymmetric.ofRows(rows), NORMAL, DRAWS);
        double expected = ReferenceDistribution.quantile(NORMAL, Math.pow(level, 1.0 / size));
        // 4 standard errors of the probability, which the check below shows to be small.
        assertThat(independent.tail(expected)).isCloseTo(1 - level, within(4 * independent.tailError(expected)));
        assertThat(independent.tailError(expected)).isLessThan(0.002);
        assertThat(independent.quantile(level)).isCloseTo(expected, within(0.02));
    }

    // R: qtukey(.95, 3, df)/√2. Three pairs of three means: the correlation has rank 2.
    @ParameterizedTest
    @CsvSource({"Infinity, 2.3437", "10, 2.7419"})
    void allPairsOfThreeMeansHaveTukeysQuantile(double degreesOfFreedom, double expected) {
        PackedSymmetric pairs = PackedSymmetric.of(3, new double[] {1, 0.5, 1, -0.5, 0.5, 1});
        assertThat(SemidefiniteFactor.columns(pairs)).hasDimensions(2, 3);
        assertThat(MaximumDistribution.of(pairs, degreesOfFreedom, DRAWS).quantile(0.95))
                .isCloseTo(expected, within(0.01));
    }

    // Dunnett's table, two-sided, infinite degrees of freedom: three and five treatments against one control.
    @ParameterizedTest
    @CsvSource({"3, 2.35", "5, 2.51"})
    void treatmentsAgainstOneControlHaveDunnettsQuantile(int treatments, double expected) {
        double[][] rows = new double[treatments][treatments];
        for (int i = 0; i < treatments; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = i == j ? 1 : 0.5;
            }
        }
        assertThat(MaximumDistribution.of(PackedSymmetric.ofRows(rows), NORMAL, DRAWS)
                        .quantile(0.95))
                .isCloseTo(expected, within(0.01));
    }

    @Test
    void allDirectionsOfAPlaneHaveScheffesQuantile() {
        int directions = 200;
        double[][] rows = new double[directions][directions];
        for (int i = 0; i < directions; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = Math.cos(Math.PI * (i - j) / directions);
            }
        }
        MaximumDistribution plane = MaximumDistribution.of(PackedSymmetric.ofRows(rows), NORMAL, DRAWS);
        assertThat(plane.quantile(0.95)).isCloseTo(Math.sqrt(-2 * Math.log(0.05)), within(1e-3)); // χ² with 2 degrees
        assertThat(plane.tailError(2)).isLessThan(1e-6);
    }

    @Test
    void theSameSeedGivesTheSameDigits() {
        PackedSymmetric pairs = PackedSymmetric.of(3, new double[] {1, 0.5, 1, -0.5, 0.5, 1});
        double once = MaximumDistribution.of(pairs, NORMAL, DRAWS).quantile(0.95);
        assertThat(MaximumDistribution.of(pairs, NORMAL, DRAWS).quantile(0.95)).isEqualTo(once);
        assertThat(MaximumDistribution.of(pairs, NORMAL, MonteCarlo.seeded(8)).quantile(0.95))
                .isNotEqualTo(once);
    }
}
