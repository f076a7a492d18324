package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceSequenceTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.3678794411714423, -0.36787, -0.3, -0.1, -9.2e-4, -1e-10, -1e-300})
    void theLambertFunctionInvertsItsEquation(double x) {
        double w = LambertW.minusOne(x);
        assertThat(w).isLessThanOrEqualTo(-1);
        // In logarithms, as e^w leaves the range of doubles' relative precision first.
        assertThat(Math.log(-w) + w).isCloseTo(Math.log(-x), within(1e-12 * Math.abs(w)));
    }

    @Test
    void theLambertFunctionHasItsKnownValues() {
        assertThat(LambertW.minusOne(-0.1)).isCloseTo(-3.577152063957297, within(1e-12));
        assertThat(LambertW.minusOne(-2 * Math.exp(-2))).isCloseTo(-2, within(1e-14));
        assertThatThrownBy(() -> LambertW.minusOne(0)).hasMessageContaining("[−1/e, 0)");
    }

    @Test
    void thePlannedLookIsTheNarrowest() {
        ConfidenceSequence sequence = new ConfidenceSequence(0.95, 1000);
        assertThat(sequence.mixture() * 1000).isCloseTo(8.21, within(0.005)); // MODEL (18)
        // Width is quantile·se, and se falls with √n.
        double planned = sequence.quantile(1000) / Math.sqrt(1000);
        for (double factor : new double[] {0.5, 0.9, 1.1, 2}) {
            double other = new ConfidenceSequence(0.95, 1000 * factor).quantile(1000) / Math.sqrt(1000);
            assertThat(other).isGreaterThan(planned);
        }
        assertThat(sequence.quantile(1000)).isBetween(1.5 * 1.96, 1.6 * 1.96);
    }

    @Test
    void atAllLooksTogetherItCoversWhereOrdinaryIntervalsDoNot() {
        ConfidenceSequence sequence = new ConfidenceSequence(0.95, 500);
        SplittableRandom random = new SplittableRandom(1);
        int streams = 1000;
        int held = 0;
        int ordinaryHeld = 0;
        for (int stream = 0; stream < streams; stream++) {
            double sum = 0;
            double squares = 0;
            boolean holds = true;
            boolean ordinaryHolds = true;
            for (int n = 1; n <= 5000; n++) {
                double value = random.nextDouble() < 0.7 ? 0.3 : -0.7; // mean 0
                sum += value;
                squares += value * value;
                if (n >= 50) {
                    double mean = sum / n;
                    Interval ordinary = Interval.around(mean, Math.sqrt((squares / n - mean * mean) / n), 1.96);
                    ordinaryHolds &= ordinary.contains(0);
                    holds &= sequence.interval(ordinary, n).contains(0);
                }
            }
            held += holds ? 1 : 0;
            ordinaryHeld += ordinaryHolds ? 1 : 0;
        }
        // Binomial(1000, .95) has standard deviation 6.9.
        assertThat(held).isGreaterThan(930);
        assertThat(ordinaryHeld).isLessThan(700);
    }

    @Test
    void levelAndPlanAreChecked() {
        assertThatThrownBy(() -> new ConfidenceSequence(1, 100)).hasMessageContaining("level");
        assertThatThrownBy(() -> new ConfidenceSequence(0.95, 0)).hasMessageContaining("planned judgments");
        assertThatThrownBy(() -> new ConfidenceSequence(0.95, 9).quantile(0)).hasMessageContaining("judgments");
    }
}
