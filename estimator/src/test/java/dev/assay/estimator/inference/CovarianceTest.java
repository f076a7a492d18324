package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import org.junit.jupiter.api.Test;

class CovarianceTest {
    private static final PackedSymmetric INFORMATION = PackedSymmetric.of(2, new double[] {4, 0, 1});
    private static final PackedSymmetric MEAT = PackedSymmetric.of(2, new double[] {8, 0, 1});
    private static final Dense NO_CROSS = Dense.of(1, 1, Vector.of(0));

    @Test
    void fewAnnotatorsWidenTheIntervals() {
        Covariance clustered =
                Covariance.clustered(INFORMATION, NO_CROSS, MEAT, 102, 11).orElseThrow();
        double factor = 11 / 10.0 * 101 / 100;
        assertThat(clustered.matrix().get(0, 0)).isCloseTo(factor * 8 / 16, within(1e-14));
        assertThat(clustered.degreesOfFreedom()).isEqualTo(10);
        assertThat(clustered.quantile(0.95)).isCloseTo(2.228138851964939, within(1e-9)); // R: qt(.975, 10)
        assertThat(clustered.pValue(2.228138851964939)).isCloseTo(0.05, within(1e-9));
        assertThat(clustered.kind()).isEqualTo(CovarianceKind.CLUSTERED);
    }

    @Test
    void independentJudgmentsAreCorrectedForTheParameters() {
        Covariance clustered =
                Covariance.clustered(INFORMATION, NO_CROSS, MEAT, 102, 102).orElseThrow();
        assertThat(clustered.matrix().get(0, 0)).isCloseTo(102 / 100.0 * 8 / 16, within(1e-14));
        assertThat(clustered.degreesOfFreedom()).isEqualTo(100);
    }

    @Test
    void theModelIsTrustedWhereAnnotatorsAreFewerThanFifty() {
        assertThat(kind(49)).isEqualTo(CovarianceKind.MODEL);
        assertThat(kind(50)).isEqualTo(CovarianceKind.CLUSTERED);
    }

    @Test
    void theRuleFollowsAnnotatorsFirstThenJudgmentsAParameter() {
        assertThat(chosen(1000, 400).reason()).startsWith("400 annotators are enough for 2 parameters");
        assertThat(chosen(1000, 20).reason()).startsWith("20 annotators are too few for 2 parameters");
        assertThat(chosen(160, 160).covariance().kind()).isEqualTo(CovarianceKind.MODEL);
        assertThat(chosen(160, 160).reason()).isEqualTo("80 judgments a parameter suffice for the model's");
        assertThat(chosen(159, 159).covariance().kind()).isEqualTo(CovarianceKind.ROBUST);
        assertThat(chosen(159, 159).reason()).startsWith("79.5 judgments a parameter, fewer than 80");
        assertThat(chosen(159, 49).covariance().kind()).isEqualTo(CovarianceKind.MODEL);
        assertThat(chosen(2, 2).covariance().kind()).isEqualTo(CovarianceKind.MODEL);
        assertThat(chosen(2, 2).reason()).startsWith("no other covariance exists");
        assertThat(ChosenCovariance.of(PackedSymmetric.zeros(2), NO_CROSS, MEAT, 100, 100))
                .isEmpty();
    }

    @Test
    void fewerThanTenJudgmentsAParameterAreNotTrustedWhateverIsChosen() {
        assertThat(chosen(20, 20).trusted()).isTrue();
        assertThat(chosen(19, 19).trusted()).isFalse();
        assertThat(chosen(19, 19).reason()).endsWith("all intervals are too narrow");
        assertThat(chosen(19, 4).trusted()).isFalse();
    }

    @Test
    void theRobustCovarianceIsOfIndependentJudgmentsOnly() {
        Covariance robust =
                Covariance.robust(INFORMATION, NO_CROSS, MEAT, 102, 102).orElseThrow();
        assertThat(robust.kind()).isEqualTo(CovarianceKind.ROBUST);
        assertThat(robust.matrix().get(0, 0)).isCloseTo(102 / 100.0 * 8 / 16, within(1e-14));
        assertThat(robust.degreesOfFreedom()).isEqualTo(100);
        assertThat(Covariance.robust(INFORMATION, NO_CROSS, MEAT, 102, 101)).isEmpty();
        assertThat(Covariance.robust(INFORMATION, NO_CROSS, MEAT, 2, 2)).isEmpty();
    }

    @Test
    void theBiasCorrectedCovarianceGrowsByTheParametersUsed() {
        Covariance corrected = Covariance.biasCorrected(INFORMATION, 12).orElseThrow();
        assertThat(corrected.matrix().get(0, 0)).isCloseTo(0.25 * 12 / 10, within(1e-15));
        assertThat(corrected.degreesOfFreedom()).isEqualTo(10);
        assertThat(Covariance.biasCorrected(INFORMATION, 2)).isEmpty();
    }

    @Test
    void theObservedCovarianceInvertsTheCurvatureWithTheCrossSum() {
        Covariance observed =
                Covariance.observed(INFORMATION, Dense.of(1, 1, Vector.of(1))).orElseThrow();
        // [4, −1; −1, 1]⁻¹ = [1, 1; 1, 4]/3
        assertThat(observed.matrix().packed()).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 4 / 3.0}, within(1e-14));
        assertThat(Covariance.observed(INFORMATION, Dense.of(1, 1, Vector.of(3))))
                .isEmpty();
    }

    @Test
    void anObservedInformationThatIsNotPositiveDefiniteIsReplacedByTheFishers() {
        Dense large = Dense.of(1, 1, Vector.of(3));
        assertThat(Covariance.sandwich(INFORMATION, large, MEAT).orElseThrow().matrix())
                .isEqualTo(Covariance.sandwich(INFORMATION, NO_CROSS, MEAT)
                        .orElseThrow()
                        .matrix());
    }

    @Test
    void asManyAnnotatorsAsParametersAreFlaggedAndOneIsRefused() {
        assertThat(Covariance.clustered(INFORMATION, NO_CROSS, MEAT, 100, 2)
                        .orElseThrow()
                        .fullRank())
                .isFalse();
        assertThat(Covariance.clustered(INFORMATION, NO_CROSS, MEAT, 100, 1)).isEmpty();
        assertThat(Covariance.clustered(INFORMATION, NO_CROSS, MEAT, 2, 2)).isEmpty();
        assertThat(Covariance.model(PackedSymmetric.zeros(2))).isEmpty();
    }

    @Test
    void aSmallerAlphaGivesAWiderInterval() {
        Covariance model = Covariance.model(INFORMATION).orElseThrow();
        assertThat(model.quantile(0.95)).isCloseTo(1.959963984540054, within(1e-13));
        assertThat(model.quantile(0.99)).isGreaterThan(model.quantile(0.95));
        assertThat(model.standardErrorRatios(model)).isEqualTo(Vector.of(1, 1));
        assertThatThrownBy(() -> model.quantile(1)).hasMessageContaining("level");
    }

    @Test
    void theLikelihoodRatioFollowsChiSquare() {
        LikelihoodRatio ratio = LikelihoodRatio.of(-100, -97, 2);
        assertThat(ratio.statistic()).isEqualTo(6);
        assertThat(ratio.pValue()).isCloseTo(Math.exp(-3), within(1e-12));
    }

    private static ChosenCovariance chosen(double weight, double clusters) {
        return ChosenCovariance.of(INFORMATION, NO_CROSS, MEAT, weight, clusters)
                .orElseThrow();
    }

    private static CovarianceKind kind(double clusters) {
        return Covariance.automatic(INFORMATION, NO_CROSS, MEAT, 1000, clusters)
                .orElseThrow()
                .kind();
    }
}
