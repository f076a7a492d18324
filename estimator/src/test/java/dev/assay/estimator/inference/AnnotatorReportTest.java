package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.DoubleComparisonStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotatorReportTest {
    private static final Parameters AT = new Parameters(Vector.of(2), Vector.of());

    @Test
    void theSumsAreThoseOfTheModelPage() {
        DoubleComparisonStore store = new DoubleComparisonStore(1, 0);
        store.add(judgment(0.5, 1, 1), 4); // m = 1
        store.add(judgment(-1, 1, 2), 4); // m = −2, weight 2, against the margin
        store.add(judgment(1, 0.5, 1), 4); // a tie
        store.add(judgment(0, 1, 1), 4); // m = 0
        store.add(judgment(1, 1, 0), 4); // weight 0
        store.add(judgment(1, 0, 1), ComparisonBlock.OWN_CLUSTER);
        AnnotatorTally tally = AnnotatorTally.of(AT, store);
        assertThat(tally.annotators()).containsOnlyKeys(4);
        AnnotatorSums sums = Objects.requireNonNull(tally.annotators().get(4));
        double one = 1 / (1 + Math.exp(-1));
        double two = 1 / (1 + Math.exp(-2));
        assertThat(sums.judgments()).isEqualTo(5);
        assertThat(sums.decided()).isEqualTo(3);
        assertThat(sums.agreeing()).isEqualTo(1);
        assertThat(sums.slope().score()).isCloseTo((1 - one) + 2 * two * -2 + (0.5 - two) * 2, within(1e-14));
        assertThat(sums.slope().information()).isCloseTo(one * (1 - one) + 3 * two * (1 - two) * 4, within(1e-14));
        // π(1−π)(1−2π)m³ is even in m.
        double third = one * (1 - one) * (1 - 2 * one) + 3 * two * (1 - two) * (1 - 2 * two) * 8;
        assertThat(sums.thirdCumulant()).isCloseTo(third, within(1e-14));
        assertThat(sums.atZero().score()).isCloseTo(0.5 - 2, within(1e-14));
        assertThat(sums.atZero().information()).isCloseTo((1 + 3 * 4) / 4.0, within(1e-14));
    }

    @Test
    void aMultiplierIsOneStepFromThePopulations() {
        DoubleComparisonStore store = new DoubleComparisonStore(1, 0);
        store.add(judgment(0.5, 1, 30), 0);
        store.add(judgment(0.5, 0, 30), 1);
        AnnotatorReport report = AnnotatorReport.of(AnnotatorTally.of(AT, store), 0.05);
        double variance = 0.19661193324148185; // π(1−π) at m = 1
        AnnotatorEstimate against = report.annotators().get(1);
        assertThat(against.multiplier().estimate()).isCloseTo(1 - 0.7310585786300049 / variance, within(1e-12));
        assertThat(against.multiplier().standardError()).isCloseTo(1 / Math.sqrt(30 * variance), within(1e-12));
        assertThat(against.agreement()).hasValue(0);
        assertThat(against.below().flagged()).isTrue();
        assertThat(against.negative().flagged()).isTrue();
        double shrinkage = report.multiplierVariance()
                / (report.multiplierVariance()
                        + against.multiplier().standardError()
                                * against.multiplier().standardError());
        assertThat(against.multiplier().shrunk())
                .isCloseTo(1 + (against.multiplier().estimate() - 1) * shrinkage, within(1e-12));
        assertThat(report.annotators().get(0).below().flagged()).isFalse();
        assertThat(report.annotators().get(0).agreement()).hasValue(1);
    }

    @Test
    void shardsMayEachGiveTheirTally() {
        DoubleComparisonStore first = new DoubleComparisonStore(1, 0);
        DoubleComparisonStore second = new DoubleComparisonStore(1, 0);
        DoubleComparisonStore both = new DoubleComparisonStore(1, 0);
        for (int i = 0; i < 30; i++) {
            Comparison judgment = judgment(Math.sin(i), i % 2, 1 + i % 3);
            (i < 12 ? first : second).add(judgment, i % 5);
            both.add(judgment, i % 5);
        }
        AnnotatorTally added = AnnotatorTally.of(AT, first).plus(AnnotatorTally.of(AT, second));
        AnnotatorTally whole = AnnotatorTally.of(AT, both);
        assertThat(added.annotators()).containsOnlyKeys(0, 1, 2, 3, 4);
        List<AnnotatorSums> parts = List.copyOf(added.annotators().values());
        List<AnnotatorSums> wholes = List.copyOf(whole.annotators().values());
        for (int i = 0; i < 5; i++) {
            assertThat(parts.get(i).slope().score())
                    .isCloseTo(wholes.get(i).slope().score(), within(1e-13));
            assertThat(parts.get(i).atZero().score())
                    .isCloseTo(wholes.get(i).atZero().score(), within(1e-13));
            assertThat(parts.get(i).judgments()).isEqualTo(wholes.get(i).judgments());
            assertThat(parts.get(i).thirdCumulant()).isCloseTo(wholes.get(i).thirdCumulant(), within(1e-13));
        }
    }

    @Test
    void whoOnlySawEqualResponsesIsUnknownNotSuspect() {
        DoubleComparisonStore store = new DoubleComparisonStore(1, 0);
        store.add(judgment(0, 1, 50), 0);
        AnnotatorEstimate unknown = AnnotatorReport.of(AnnotatorTally.of(AT, store), 0.05)
                .annotators()
                .get(0);
        assertThat(unknown.agreement()).isEmpty();
        assertThat(unknown.multiplier().estimate()).isEqualTo(1);
        assertThat(unknown.multiplier().standardError()).isInfinite();
        assertThat(unknown.multiplier().shrunk()).isEqualTo(1);
        assertThat(unknown.below().pValue()).isEqualTo(0.5);
        assertThat(unknown.below().flagged() || unknown.negative().flagged()).isFalse();
    }

    @Test
    void amongGoodAnnotatorsHardlyAnyoneIsFlagged() {
        // 20 judgments each: a normal approximation of the skewed scores flags somebody in 4 of 10 runs.
        int flagged = 0;
        for (int seed = 1; seed <= 100; seed++) {
            AnnotatorReport report =
                    SimulatedAnnotators.of(seed, multipliers(100, i -> 1), 20).report();
            flagged += count(report, e -> e.below().flagged()) > 0 ? 1 : 0;
            assertThat(count(report, e -> e.negative().flagged())).isZero();
        }
        // Binomial(100, .05): more than 12 has probability 0.001.
        assertThat(flagged).isLessThanOrEqualTo(12);
    }

    @Test
    void wrongFlagsAreAsRareAsClaimedAndRightOnesFrequent() {
        double wrongBelow = 0;
        double wrongNegative = 0;
        double foundCareless = 0;
        double foundAdversarial = 0;
        int seeds = 20;
        IntToDoubleFunction mixed = i -> i < 20 ? 0.3 : i < 40 ? -0.8 : 1;
        for (int seed = 1; seed <= seeds; seed++) {
            AnnotatorReport report =
                    SimulatedAnnotators.of(seed, multipliers(200, mixed), 60).reportAtTruth();
            wrongBelow += share(report, e -> e.below().flagged(), e -> e.annotator() >= 40) / seeds;
            wrongNegative +=
                    share(report, e -> e.negative().flagged(), e -> e.annotator() < 20 || e.annotator() >= 40) / seeds;
            foundCareless += count(report, e -> e.below().flagged() && e.annotator() < 20) / 20.0 / seeds;
            foundAdversarial += count(report, e -> e.negative().flagged() && e.annotator() >= 20 && e.annotator() < 40)
                    / 20.0
                    / seeds;
        }
        // Benjamini and Hochberg: .05 · 160/200 = .04 of the flags; the mean of 20 runs is known to about ±.008.
        assertThat(wrongBelow).isLessThan(0.065);
        assertThat(wrongNegative).isLessThan(0.02);
        assertThat(foundCareless).isGreaterThan(0.65);
        assertThat(foundAdversarial).isGreaterThan(0.65);
    }

    @Test
    void whoGuessesIsNotCalledNegative() {
        int flagged = 0;
        for (int seed = 1; seed <= 50; seed++) {
            AnnotatorReport report = SimulatedAnnotators.of(seed, multipliers(100, i -> i < 30 ? 0 : 1), 40)
                    .report();
            flagged += count(report, e -> e.negative().flagged()) > 0 ? 1 : 0;
        }
        assertThat(flagged).isLessThanOrEqualTo(7); // Binomial(50, .05): 8 or more has probability 0.003
    }

    @Test
    void theSpreadBetweenAnnotatorsIsFoundAndShrinkingByItHalvesTheError() {
        double variance = 0;
        double error = 0;
        double shrunkError = 0;
        int seeds = 10;
        for (int seed = 1; seed <= seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Vector multipliers = multipliers(200, i -> 1 + 0.3 * random.nextGaussian());
            AnnotatorReport report =
                    SimulatedAnnotators.of(seed, multipliers, 60).report();
            variance += report.multiplierVariance() / seeds;
            for (AnnotatorEstimate estimate : report.annotators()) {
                double truth = multipliers.get(estimate.annotator());
                error += Math.pow(estimate.multiplier().estimate() - truth, 2);
                shrunkError += Math.pow(estimate.multiplier().shrunk() - truth, 2);
            }
        }
        // One step overshoots away from 1, so that 0.09 comes out as about 0.12.
        assertThat(variance).isBetween(0.08, 0.15);
        assertThat(shrunkError).isLessThan(0.55 * error);
    }

    /** On {@code arguments}, with 22 % ties and 15 judgments an annotator, the spread once came out as 0. */
    @Test
    void tiesDoNotHideTheSpreadBetweenAnnotators() {
        double[] multipliers = new double[300];
        for (int i = 0; i < multipliers.length; i++) {
            multipliers[i] = i % 2 == 0 ? 0.6 : 1.4;
        }
        double variance = 0;
        int seeds = 5;
        for (long seed = 1; seed <= seeds; seed++) {
            SimulatedAnnotators annotators = SimulatedAnnotators.withTies(seed, Vector.of(multipliers), 15, 0.25);
            variance += annotators.report().multiplierVariance() / seeds;
        }
        // The truth is 0.16 in units of the true margins; ties shrink θ̂, and with it all margins, by about a quarter.
        assertThat(variance).isBetween(0.05, 0.3);
    }

    @Test
    void theSpreadIsNeverNegative() {
        double least = Double.POSITIVE_INFINITY;
        int none = 0;
        for (int seed = 1; seed <= 20; seed++) {
            double variance = SimulatedAnnotators.of(seed, multipliers(50, i -> 1), 30)
                    .report()
                    .multiplierVariance();
            least = Math.min(least, variance);
            none += variance == 0 ? 1 : 0;
        }
        assertThat(least).isZero();
        assertThat(none).isBetween(3, 17); // about half of all runs lie below their mean
    }

    @Test
    void aRateIsAProbability() {
        AnnotatorTally empty = AnnotatorTally.of(AT, new DoubleComparisonStore(1, 0));
        assertThat(AnnotatorReport.of(empty, 0.05).annotators()).isEmpty();
        assertThatThrownBy(() -> AnnotatorReport.of(empty, 0)).hasMessageContaining("false discovery rate");
    }

    private static Comparison judgment(double difference, double preference, double weight) {
        return new Comparison(1, Vector.of(), Vector.of(difference), preference, weight);
    }

    private static Vector multipliers(int count, IntToDoubleFunction multiplier) {
        return Vector.of(Arrays.stream(IntStream.range(0, count).toArray())
                .mapToDouble(multiplier)
                .toArray());
    }

    private static long count(AnnotatorReport report, Predicate<AnnotatorEstimate> predicate) {
        return report.annotators().stream().filter(predicate).count();
    }

    /** Share of wrong ones among the flagged; 0 without any. */
    private static double share(
            AnnotatorReport report, Predicate<AnnotatorEstimate> flag, Predicate<AnnotatorEstimate> wrong) {
        return count(report, flag.and(wrong)) / (double) Math.max(1, count(report, flag));
    }
}
