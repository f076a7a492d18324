package dev.assay.estimator.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlackettLuceTest {
    private static final double[] LOGITS = {0.3, -1.2, 0.8, 0.1};

    @Test
    void aRankingIsTheProductOfItsChoices() {
        double expected = Math.log(e(2) / (e(0) + e(1) + e(2) + e(3)))
                + Math.log(e(0) / (e(0) + e(1) + e(3)))
                + Math.log(e(1) / (e(1) + e(3)));

        assertThat(of(2, 3, 1, 4).logLikelihood()).isCloseTo(expected, within(1e-14));
    }

    @Test
    void aTiedGroupIsOneStageWithEqualSharesAndLeavesTogether() {
        double all = e(0) + e(1) + e(2) + e(3);
        double expected = (LOGITS[0] + LOGITS[2]) / 2 - Math.log(all) + LOGITS[3] - Math.log(e(1) + e(3));
        PlackettLuce tied = of(1, 4, 1, 3);

        assertThat(tied.logLikelihood()).isCloseTo(expected, within(1e-14));
        assertThat(tied.residual(0)).isCloseTo(0.5 - e(0) / all, within(1e-15));
        assertThat(tied.residual(1)).isCloseTo(-e(1) / all - e(1) / (e(1) + e(3)), within(1e-15));
        assertThat(tied.minimumSignedMargin()).isCloseTo(0.3 - 0.8, within(1e-15));
    }

    @Test
    void theLastGroupSaysNothingUnlessAllAreTied() {
        double all = e(0) + e(1) + e(2) + e(3);

        assertThat(of(2, 2, 1, 2).logLikelihood()).isCloseTo(LOGITS[2] - Math.log(all), within(1e-14));
        assertThat(of(1, 1, 1, 1).logLikelihood()).isCloseTo(0 - Math.log(all), within(1e-14));
        assertThat(of(1, 1, 1, 1).residual(1)).isCloseTo(0.25 - e(1) / all, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, -3, 40, -800})
    void twoAreAPair(double margin) {
        for (double preference : new double[] {1, 0.5, 0}) {
            PlackettLuce model = new PlackettLuce();
            int[] ranks = preference == 1 ? new int[] {1, 2} : preference == 0 ? new int[] {2, 1} : new int[] {1, 1};
            model.compute(new double[] {margin + 0.25, 0.25}, ranks, 2);

            assertThat(model.logLikelihood())
                    .isCloseTo(ChoiceModel.logLikelihood(margin, preference), within(1e-13 * (1 + Math.abs(margin))));
            double residual = ChoiceModel.residual(margin, preference);
            assertThat(model.residual(0)).isCloseTo(residual, within(1e-13 * Math.abs(residual)));
            assertThat(model.residual(1)).isCloseTo(-residual, within(1e-13 * Math.abs(residual)));
            double variance = ChoiceModel.variance(margin);
            assertThat(model.pairWeight(0, 1)).isCloseTo(variance, within(1e-13 * variance));
            double side = 2 * preference - 1;
            assertThat(model.minimumSignedMargin()).isEqualTo(side == 0 ? -Math.abs(margin) : side * margin);
        }
    }

    @Test
    void eliminationKeepsTheInformation() {
        PlackettLuce model = of(2, 3, 1, 4);
        double[][] expected = laplacian(model);

        model.eliminate();

        double[][] sum = new double[4][4];
        for (int k = 1; k < 4; k++) {
            double[] contrast = new double[4];
            contrast[k] = 1;
            for (int j = 0; j < k; j++) {
                contrast[j] = -model.contrastShare(k, j);
            }
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    sum[i][j] += model.contrastWeight(k) * contrast[i] * contrast[j];
                }
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(sum[i]).containsExactly(expected[i], within(1e-15));
        }
    }

    @Test
    void sureAndRightChoicesKeepTheirDigits() {
        PlackettLuce model = new PlackettLuce();
        model.compute(new double[] {900, 500, 0}, new int[] {1, 2, 3}, 3);

        assertThat(model.logLikelihood()).isCloseTo(-Math.exp(-400), within(1e-185));
        assertThat(model.residual(0)).isCloseTo(Math.exp(-400), within(1e-185));
        assertThat(model.residual(2)).isCloseTo(-Math.exp(-500), within(1e-228));
        assertThat(model.minimumSignedMargin()).isEqualTo(400);
    }

    @Test
    void atNegativeRationalityARankingIsNotTheReverseOfTheReversed() {
        // Pairs are: P(first over second) at −m is P(second over first) at m. Choosing the best of three and choosing
        // the
        // worst of three are different models.
        double[] negated = {-0.3, 1.2, -0.8, -0.1};
        PlackettLuce model = new PlackettLuce();

        double forwards = model.logLikelihood(negated, new int[] {2, 3, 1, 4}, 4);
        double reversed = model.logLikelihood(LOGITS, new int[] {3, 2, 4, 1}, 4);

        assertThat(Math.abs(forwards - reversed)).isGreaterThan(0.1);
        assertThat(model.logLikelihood(negated, new int[] {1, 2}, 2))
                .isCloseTo(model.logLikelihood(LOGITS, new int[] {2, 1}, 2), within(1e-15));
    }

    @Test
    void itRefusesOneResponseAndTooMany() {
        assertThatThrownBy(() -> new PlackettLuce().compute(new double[65], new int[65], 65))
                .hasMessage("responses must be 2 to 64, were 65");
        assertThatThrownBy(() -> new PlackettLuce().compute(new double[1], new int[1], 1))
                .hasMessage("responses must be 2 to 64, were 1");
    }

    private static double[][] laplacian(PlackettLuce model) {
        double[][] rows = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                if (i != j) {
                    rows[i][i] += model.pairWeight(i, j);
                    rows[i][j] -= model.pairWeight(i, j);
                }
            }
        }
        return rows;
    }

    private static PlackettLuce of(int... ranks) {
        PlackettLuce model = new PlackettLuce();
        model.compute(LOGITS, ranks, ranks.length);
        return model;
    }

    private static double e(int response) {
        return Math.exp(LOGITS[response]);
    }
}
