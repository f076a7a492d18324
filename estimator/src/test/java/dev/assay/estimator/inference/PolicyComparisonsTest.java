package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyComparisonsTest {
    private static final MonteCarlo DRAWS = MonteCarlo.seeded(7);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void twoPoliciesAreTheirDifference(long seed) {
        Estimates estimates = new Estimates(seed, 4, 2);
        Inference inference = estimates.next();
        List<List<Vector>> policies = policies(estimates, 2, 4, 9, 0.5);
        PolicyComparisons both = PolicyComparisons.of(policies, inference, 0.95, DRAWS);
        PolicyReward expected = PolicyReward.difference(policies.get(0), policies.get(1), inference);
        PolicyComparison only = both.comparisons().get(0);
        assertThat(both.comparisons()).hasSize(1);
        assertSame(only, expected);
        assertThat(only.test().interval().lower())
                .isCloseTo(expected.test().interval().lower(), within(1e-12));
        assertThat(only.test().interval().upper())
                .isCloseTo(expected.test().interval().upper(), within(1e-12));
        assertThat(only.holm()).isEqualTo(only.test().pValue());
        assertThat(only.maximum()).isCloseTo(only.test().pValue(), within(1e-12));
        assertThat(both.criticalValue())
                .isCloseTo(ReferenceDistribution.quantile(expected.degreesOfFreedom(), 0.95), within(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void eachPairHasTheVariancesOfItsDifferenceAlone(long seed) {
        Estimates estimates = new Estimates(seed, 3, 2);
        Inference inference = estimates.next();
        List<List<Vector>> policies = policies(estimates, 5, 3, 7, 0.5);
        PolicyComparisons all = PolicyComparisons.of(policies, inference, 0.95, DRAWS);
        assertThat(all.comparisons()).hasSize(10);
        for (PolicyComparison pair : all.comparisons()) {
            PolicyReward expected =
                    PolicyReward.difference(policies.get(pair.first()), policies.get(pair.second()), inference);
            assertSame(pair, expected);
            Interval interval = pair.test().interval();
            assertThat(interval.upper() - interval.estimate())
                    .isCloseTo(all.criticalValue() * interval.standardError(), within(1e-12));
            assertThat(pair.maximum() < 0.05).isEqualTo(!interval.contains(0));
            assertThat(pair.maximum()).isGreaterThanOrEqualTo(pair.test().pValue());
            assertThat(pair.holm()).isGreaterThanOrEqualTo(pair.test().pValue());
        }
    }

    // R: qtukey(.95, 3, Inf)/√2. Rewards of three policies that are uncertain alike and independently; prompts are all
    // alike.
    @Test
    void threePoliciesApartInThetaOnlyHaveTukeysQuantile() {
        PackedSymmetric identity = PackedSymmetric.of(3, new double[] {1, 0, 1, 0, 0, 1});
        Inference inference = new Inference(
                new Parameters(Vector.of(1, 2, 3), Vector.of()),
                Covariance.model(identity).orElseThrow(),
                0.95);
        List<List<Vector>> policies =
                List.of(twice(Vector.of(1, 0, 0)), twice(Vector.of(0, 1, 0)), twice(Vector.of(0, 0, 1)));
        PolicyComparisons all = PolicyComparisons.of(policies, inference, 0.95, DRAWS);
        assertThat(all.criticalValue()).isCloseTo(2.3437, within(0.01));
        assertThat(all.comparisons())
                .extracting(PolicyComparison::promptVariance)
                .containsOnly(0.0);
    }

    // A table of the studentised range: q(.05; 3, 3) = 5.91. Here θ is known, and the prompts' effects on the policies
    // are
    // orthogonal: independent means of four with three degrees of freedom.
    @Test
    void threePoliciesApartByPromptsOnlyHaveTukeysQuantileWithTheirDegreesOfFreedom() {
        Covariance certain =
                Covariance.model(PackedSymmetric.of(1, new double[] {1e16})).orElseThrow();
        Inference inference = new Inference(new Parameters(Vector.of(1), Vector.of()), certain, 0.95);
        PolicyComparisons all = PolicyComparisons.of(
                List.of(numbers(2, 2, 0, 0), numbers(1, -1, 1, -1), numbers(1, -1, -1, 1)), inference, 0.95, DRAWS);
        assertThat(all.criticalValue()).isCloseTo(5.91 / Math.sqrt(2), within(0.03));
        assertThat(all.comparisons().get(2).promptVariance()).isCloseTo(2 * (4 / 3.0) / 4, within(1e-12));
    }

    @Test
    void allIntervalsHoldTogetherAtTheLevelAndOrdinaryOnesDoNot() {
        Estimates estimates = new Estimates(29, 3, 3);
        List<Vector> shifts =
                Stream.generate(() -> estimates.normal(3).times(0.3)).limit(5).toList();
        MonteCarlo few = new MonteCarlo(1, 1000);
        int held = 0;
        int ordinaryHeld = 0;
        int estimations = 300;
        for (int i = 0; i < estimations; i++) {
            PolicyComparisons all = PolicyComparisons.of(shifted(estimates, shifts, 20), estimates.next(), 0.95, few);
            held += all(all, shifts, estimates.truth(), 1) ? 1 : 0;
            ordinaryHeld += all(all, shifts, estimates.truth(), 2 / all.criticalValue()) ? 1 : 0;
        }
        // Binomial(300, .95): mean 285, standard deviation 3.8. Above .95 is right too: the least degrees of freedom
        // are
        // taken, and
        // a part of the variance is counted twice (PolicyReward).
        assertThat(held).isBetween(274, 299);
        assertThat(ordinaryHeld).isLessThan(265);
    }

    @Test
    void policiesThatAnswerAlikeDoNotDiffer() {
        Estimates estimates = new Estimates(3, 3, 2);
        List<List<Vector>> policies = new ArrayList<>(policies(estimates, 2, 3, 5, 1));
        policies.add(policies.get(0));
        PolicyComparisons all = PolicyComparisons.of(policies, estimates.next(), 0.95, DRAWS);
        PolicyComparison twins = all.comparisons().get(1);
        assertThat(twins.test().interval()).isEqualTo(new Interval(0, 0, 0, 0));
        assertThat(twins.test().pValue()).isEqualTo(1);
        assertThat(twins.maximum()).isEqualTo(1);
        assertThat(twins.holm()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Estimates estimates = new Estimates(3, 2, 2);
        Inference inference = estimates.next();
        List<Vector> two = List.of(Vector.of(1, 2), Vector.of(3, 1));
        refused(List.of(two), inference).hasMessage("policies must be 2 to 64, were 1");
        refused(List.of(two.subList(0, 1), two), inference)
                .hasMessage("policies[0] must have answered at least 2 prompts, had 1");
        refused(List.of(two, two.subList(0, 1)), inference)
                .hasMessage("policies[1] must have answered the same 2 prompts, had 1");
        refused(List.of(two, List.of(Vector.of(1, 2), Vector.of(1))), inference)
                .hasMessage("policies[1][1] must have 2 numbers, had 1");
        assertThatThrownBy(() -> PolicyComparisons.of(List.of(two, two), inference, 1, DRAWS))
                .hasMessage("level must be above 0 and below 1, was 1.0");
    }

    private static AbstractThrowableAssert<?, ?> refused(List<List<Vector>> policies, Inference inference) {
        return assertThatThrownBy(() -> PolicyComparisons.of(policies, inference, 0.95, DRAWS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSame(PolicyComparison pair, PolicyReward expected) {
        Interval interval = pair.test().interval();
        assertThat(interval.estimate()).isCloseTo(expected.test().interval().estimate(), within(1e-12));
        assertThat(interval.standardError())
                .isCloseTo(expected.test().interval().standardError(), within(1e-12));
        assertThat(pair.estimationVariance()).isCloseTo(expected.estimationVariance(), within(1e-12));
        assertThat(pair.promptVariance()).isCloseTo(expected.promptVariance(), within(1e-12));
        assertThat(pair.test().statistic()).isCloseTo(expected.test().statistic(), within(1e-12));
        assertThat(pair.test().pValue()).isCloseTo(expected.test().pValue(), within(1e-12));
    }

    private static boolean all(PolicyComparisons all, List<Vector> shifts, Vector truth, double share) {
        return all.comparisons().stream().allMatch(pair -> {
            Interval interval = pair.test().interval();
            double expected = truth.dot(shifts.get(pair.first()).minus(shifts.get(pair.second())));
            return Math.abs(interval.estimate() - expected) <= share * all.criticalValue() * interval.standardError();
        });
    }

    /** Policies whose responses differ by what is theirs, by chance, and by nothing else. */
    static List<List<Vector>> shifted(Estimates estimates, List<Vector> shifts, int prompts) {
        List<List<Vector>> policies = new ArrayList<>();
        shifts.forEach(unused -> policies.add(new ArrayList<>()));
        for (int prompt = 0; prompt < prompts; prompt++) {
            Vector common = estimates.normal(shifts.get(0).size()).times(5);
            for (int policy = 0; policy < shifts.size(); policy++) {
                Vector own = estimates.normal(common.size()).times(0.5);
                policies.get(policy).add(common.plus(shifts.get(policy)).plus(own));
            }
        }
        return policies;
    }

    private static List<List<Vector>> policies(Estimates estimates, int count, int d, int prompts, double spread) {
        return shifted(
                estimates,
                Stream.generate(() -> estimates.normal(d).times(spread))
                        .limit(count)
                        .toList(),
                prompts);
    }

    private static List<Vector> twice(Vector features) {
        return List.of(features, features);
    }

    private static List<Vector> numbers(double... values) {
        List<Vector> numbers = new ArrayList<>();
        for (double value : values) {
            numbers.add(Vector.of(value));
        }
        return numbers;
    }
}
