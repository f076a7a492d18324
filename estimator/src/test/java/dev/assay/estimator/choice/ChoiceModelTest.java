package dev.assay.estimator.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceModelTest {
    @ParameterizedTest
    @ValueSource(doubles = {-700, -40, -3.2, 0, 1e-9, 0.7, 12, 36, 700})
    void theResidualIsTheSlopeOfTheLogLikelihood(double margin) {
        double step = 1e-5 * Math.max(1, Math.abs(margin));
        for (double preference : new double[] {0, 0.5, 1}) {
            double slope = (ChoiceModel.logLikelihood(margin + step, preference)
                            - ChoiceModel.logLikelihood(margin - step, preference))
                    / (2 * step);
            // Central differences err by step² times a third derivative below 0.1, and by rounding.
            assertThat(ChoiceModel.residual(margin, preference)).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void sureJudgmentsKeepTheirDigitsInBothTails() {
        assertThat(ChoiceModel.logLikelihood(50, 1)).isCloseTo(-Math.exp(-50), within(1e-35));
        assertThat(ChoiceModel.logLikelihood(-50, 1)).isEqualTo(-50);
        assertThat(ChoiceModel.residual(50, 1)).isCloseTo(Math.exp(-50), within(1e-35));
        assertThat(ChoiceModel.variance(-50)).isCloseTo(Math.exp(-50), within(1e-35));
        assertThat(ChoiceModel.logLikelihood(-1e300, 0)).isZero();
        assertThat(ChoiceModel.probability(1e300)).isEqualTo(1);
    }

    @Test
    void aComparisonRefusesNumbersOutOfRangeByName() {
        Vector one = Vector.of(1);
        assertThatThrownBy(() -> new Comparison(1, one, one, 1.5, 1)).hasMessageContaining("preference");
        assertThatThrownBy(() -> new Comparison(1, one, one, 1, -1)).hasMessageContaining("weight");
        assertThatThrownBy(() -> new Comparison(Double.NaN, one, one, 1, 1)).hasMessageContaining("offset");
        assertThatThrownBy(() -> new Comparison(1, one, Vector.zeros(0), 1, 1)).hasMessageContaining("difference");
        assertThatThrownBy(() -> new Comparison(1, one, Vector.of(0, 1e39), 1, 1))
                .hasMessageContaining("difference[1]");
        assertThatThrownBy(() -> Vector.of(0, Double.NaN))
                .hasMessageContaining("entry 1")
                .hasMessageContaining("NaN");
    }
}
