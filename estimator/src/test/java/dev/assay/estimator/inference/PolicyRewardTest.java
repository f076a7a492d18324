package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyRewardTest {
    @Test
    void promptSamplingAddsToTheVarianceOfTheReward() {
        Covariance covariance =
                Covariance.model(PackedSymmetric.of(1, new double[] {100})).orElseThrow();
        Inference inference = new Inference(new Parameters(Vector.of(2), Vector.of()), covariance, 0.95);
        List<Vector> first = List.of(Vector.of(5), Vector.of(7), Vector.of(6), Vector.of(6));
        List<Vector> second = List.of(Vector.of(4), Vector.of(4), Vector.of(4), Vector.of(4));
        PolicyReward difference = PolicyReward.difference(first, second, inference);
        // δ = 1, 3, 2, 2: mean 2, variance 2/3; θ = 2, its variance 0.01.
        assertThat(difference.test().interval().estimate()).isCloseTo(4, within(1e-14));
        assertThat(difference.estimationVariance()).isCloseTo(4 * 0.01, within(1e-14));
        assertThat(difference.promptVariance()).isCloseTo(4 * (2 / 3.0) / 4, within(1e-14));
        double standardError = Math.sqrt(0.04 + 2 / 3.0);
        assertThat(difference.test().interval().standardError()).isCloseTo(standardError, within(1e-14));
        assertThat(difference.test().statistic()).isCloseTo(4 / standardError, within(1e-13));
        // Satterthwaite: all the variance's own uncertainty is that of three degrees of freedom of the prompts' part.
        double degrees = Math.pow(0.04 + 2 / 3.0, 2) / (Math.pow(2 / 3.0, 2) / 3);
        assertThat(difference.degreesOfFreedom()).isCloseTo(degrees, within(1e-12));
        double half = difference.test().interval().upper() - 4;
        assertThat(half / standardError).isCloseTo(ReferenceDistribution.quantile(degrees, 0.95), within(1e-12));
    }

    @Test
    void theDifferenceOfTwoPoliciesIsCoveredAtTheLevelWithFewPrompts() {
        Estimates estimates = new Estimates(23, 3, 5);
        Vector shift = Vector.of(0.4, -0.2, 0.1);
        double truth = estimates.truth().dot(shift);
        int held = 0;
        int withoutPrompts = 0;
        int estimations = 2000;
        for (int i = 0; i < estimations; i++) {
            List<Vector> first = new ArrayList<>();
            List<Vector> second = new ArrayList<>();
            for (int prompt = 0; prompt < 6; prompt++) {
                Vector common = estimates.normal(3).times(5); // what both policies share cancels by pairing
                first.add(common.plus(shift).plus(estimates.normal(3)));
                second.add(common);
            }
            Inference inference = estimates.next();
            PolicyReward difference = PolicyReward.difference(first, second, inference);
            Interval alone = Interval.around(
                    difference.test().interval().estimate(), Math.sqrt(difference.estimationVariance()), 1.96);
            held += difference.test().interval().contains(truth) ? 1 : 0;
            withoutPrompts += alone.contains(truth) ? 1 : 0;
        }
        // Satterthwaite's degrees are approximate: a percent or two to either side of .95.
        assertThat(held / (double) estimations).isBetween(0.935, 0.975);
        assertThat(withoutPrompts / (double) estimations).isLessThan(0.9);
    }

    @Test
    void anExactQuantileStaysWhatWasAskedFor() {
        Estimates estimates = new Estimates(1, 2, 1);
        Inference two = Inference.ofQuantile(
                estimates.next().parameters(), estimates.next().covariance(), 2);
        PolicyReward policy = PolicyReward.of(List.of(Vector.of(1, 2), Vector.of(3, 1)), two);
        Interval interval = policy.test().interval();
        assertThat(interval.upper() - interval.estimate()).isCloseTo(2 * interval.standardError(), within(1e-12));
    }

    @Test
    void onePromptTellsNothingOfOthers() {
        Inference inference = new Estimates(1, 2, 1).next();
        assertThatThrownBy(() -> PolicyReward.of(List.of(Vector.of(1, 2)), inference))
                .hasMessageContaining("at least 2 prompts, got 1");
        assertThatThrownBy(() -> PolicyReward.difference(List.of(Vector.of(1, 2)), List.of(), inference))
                .hasMessageContaining("paired by prompt: 1 and 0");
    }

    @Test
    void aTestedDifferenceHasTheIntervalsOwnPValue() {
        Inference inference = new Estimates(4, 2, 1).next();
        TestedDifference test = inference.testDifference(Vector.of(1, 2), Vector.of(0, 1));
        assertThat(test.interval()).isEqualTo(inference.difference(Vector.of(1, 2), Vector.of(0, 1)));
        assertThat(test.statistic())
                .isEqualTo(test.interval().estimate() / test.interval().standardError());
        assertThat(test.pValue()).isEqualTo(inference.pValue(test.interval()));
        TestedDifference same = inference.testDifference(Vector.of(1, 2), Vector.of(1, 2));
        assertThat(same.statistic()).isZero();
        assertThat(same.pValue()).isEqualTo(1);
    }
}
