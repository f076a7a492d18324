package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedRankings;
import dev.assay.estimator.GeneratedRankings.Ranked;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.descent.ObservedInformation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RankingShardTest {
    private static final Wanted ALL = new Wanted(true, true, true, true, Precision.ALL);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void rankingsOfTwoAreThePairsTheyAre(long seed) {
        GeneratedRankings generated =
                new GeneratedRankings(seed, 4, 2).responses(2, 2).ties(0.3);
        List<Ranked> rankings = generated.next(700);
        FloatComparisonStore pairs = new FloatComparisonStore(4, 2);
        for (int i = 0; i < rankings.size(); i++) {
            put(pairs, i, rankings.get(i));
        }
        Question order = Questions.at(off(generated.truth()), ALL, generated.truth(), Parameters.zeros(4, 2));

        Answer asRankings = shard(generated.store(rankings)).answer(order);
        Answer asPairs = new StoreShard(pairs).answer(order);

        assertEqual(asRankings, asPairs, 1e-12);
    }

    private static void put(FloatComparisonStore pairs, long key, Ranked of) {
        float[] z = new float[4];
        for (int j = 0; j < 4; j++) {
            z[j] = of.features()[j] - of.features()[4 + j];
        }
        float preference = 0.5f + Integer.signum(of.ranks()[1] - of.ranks()[0]) / 2f;
        pairs.upsert(key, key, of.cluster(), of.offset(), of.weight(), preference, of.context(), z);
    }

    @ParameterizedTest(name = "seed {0}, d {1}, k {2}, up to {3} responses")
    @CsvSource({"1, 3, 2, 6", "2, 1, 1, 3", "3, 5, 0, 8", "4, 2, 3, 64"})
    void theLogLikelihoodIsThatOfTheFormula(long seed, int d, int k, int most) {
        GeneratedRankings generated = new GeneratedRankings(seed, d, k).responses(2, most);
        List<Ranked> rankings = generated.next(60);
        Parameters at = off(generated.truth());

        Answer sum = shard(generated.store(rankings)).answer(Questions.at(at, ALL, generated.truth()));

        double here = formula(rankings, at.joint().toArray());
        assertThat(sum.statistics().logLikelihood()).isCloseTo(here, within(1e-12 * -here));
        double there = formula(rankings, generated.truth().joint().toArray());
        assertThat(sum.trials().logLikelihoods().get(0)).isCloseTo(there, within(1e-12 * -there));
        assertThat(sum.count()).isEqualTo(60);
        assertThat(sum.weight())
                .isEqualTo(rankings.stream().mapToDouble(Ranked::weight).sum());
    }

    @ParameterizedTest(name = "seed {0}, d {1}, k {2}, up to {3} responses")
    @CsvSource({"1, 3, 2, 6", "2, 1, 1, 3", "3, 5, 0, 8", "4, 2, 3, 64"})
    void theScoreIsItsDerivativeAndTheObservedInformationThatOfTheScore(long seed, int d, int k, int most) {
        GeneratedRankings generated = new GeneratedRankings(seed, d, k).responses(2, most);
        List<Ranked> rankings = generated.next(60);
        StoreShard shard = shard(generated.store(rankings));
        double[] at = off(generated.truth()).joint().toArray();
        Answer sum = shard.answer(Questions.at(Parameters.of(at, d), ALL));
        PackedSymmetric observed = ObservedInformation.of(
                PackedSymmetric.of(d + k, sum.statistics().information()),
                Dense.of(d, k, sum.statistics().cross()));

        double step = 1e-5;
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += step;
            down[i] -= step;
            double slope = (formula(rankings, up) - formula(rankings, down)) / (2 * step);
            assertThat(sum.statistics().score().get(i)).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            Vector above = shard.answer(Questions.at(Parameters.of(up, d), ALL))
                    .statistics()
                    .score();
            Vector below = shard.answer(Questions.at(Parameters.of(down, d), ALL))
                    .statistics()
                    .score();
            for (int j = 0; j < at.length; j++) {
                double curvature = (below.get(j) - above.get(j)) / (2 * step);
                assertThat(observed.get(i, j)).isCloseTo(curvature, within(1e-6 * (1 + Math.abs(curvature))));
            }
        }
    }

    @Test
    void theInformationIsMinusTheDerivativeOfTheExpectedScore() {
        // All 6 rankings of the same 3 responses, each weighed by its probability at the point: their scores sum to 0
        // there,
        // and how that changes as the point alone moves is −J.
        GeneratedRankings generated =
                new GeneratedRankings(9, 2, 1).responses(3, 3).ties(0);
        Ranked asked = generated.next();
        double[] at = generated.truth().joint().toArray();
        int[][] all = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
        double step = 1e-5;
        Vector expected = Vector.zeros(3);
        PackedSymmetric information = PackedSymmetric.of(3, Vector.zeros(6));
        double[][] derivative = new double[3][3];
        for (int[] ranks : all) {
            Ranked ranking = new Ranked(-1, 1, 1, asked.context(), ranks, asked.features());
            double probability = Math.exp(ranking.logLikelihood(at));
            StoreShard shard = shard(generated.store(List.of(ranking)));
            Answer sum = shard.answer(Questions.at(Parameters.of(at, 2), ALL));
            expected = expected.plus(sum.statistics().score().times(probability));
            information = PackedSymmetric.of(
                    3,
                    information
                            .packedVector()
                            .plus(sum.statistics().information().times(probability)));
            for (int i = 0; i < 3; i++) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[i] += step;
                down[i] -= step;
                Vector change = shard.answer(Questions.at(Parameters.of(up, 2), ALL))
                        .statistics()
                        .score()
                        .minus(shard.answer(Questions.at(Parameters.of(down, 2), ALL))
                                .statistics()
                                .score());
                for (int j = 0; j < 3; j++) {
                    derivative[i][j] -= probability * change.get(j) / (2 * step);
                }
            }
        }
        assertThat(expected.length()).isLessThan(1e-14);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(information.get(i, j)).isCloseTo(derivative[i][j], within(1e-8));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void pairsAndRankingsOverShardsAddUpToOneStore(long seed) {
        GeneratedRankings generated = new GeneratedRankings(seed, 3, 2).annotators(9);
        List<Ranked> rankings = generated.next(1500);
        Parameters at = off(generated.truth());
        Question order = Questions.at(at, ALL, generated.truth());
        FloatComparisonStore[] pairs = {pairs(), pairs(), pairs(), pairs()};
        RankingStore[] stores = {rankings(), rankings(), rankings(), rankings()};
        for (int i = 0; i < rankings.size(); i++) {
            Ranked each = rankings.get(i);
            int shard = each.cluster() < 0 ? i % 3 : each.cluster() % 3; // an annotator stays on one shard
            for (int to : new int[] {shard, 3}) {
                if (each.ranks().length == 2) {
                    float[] z = new float[3];
                    for (int j = 0; j < 3; j++) {
                        z[j] = each.features()[j] - each.features()[3 + j];
                    }
                    float preference = 0.5f + Integer.signum(each.ranks()[1] - each.ranks()[0]) / 2f;
                    pairs[to].upsert(i, i, each.cluster(), 1, each.weight(), preference, each.context(), z);
                } else {
                    each.into(stores[to], i);
                }
            }
        }
        Answer sum = new StoreShard(pairs[0], stores[0], 1)
                .answer(order)
                .plus(new StoreShard(pairs[1], stores[1], 2).answer(order))
                .plus(new StoreShard(pairs[2], stores[2], 1).answer(order));

        StoreShard whole = new StoreShard(pairs[3], stores[3], 1);
        assertEqual(sum, whole.answer(order), 1e-11);
        assertThat(new StoreShard(pairs[3], stores[3], 3).answer(order)).isEqualTo(whole.answer(order));
        assertThat(pairs[3].size()).isBetween(1L, 1499L);
    }

    @Test
    void oneAnnotatorsPairsAndRankingsAreOneCluster() {
        GeneratedRankings generated =
                new GeneratedRankings(5, 3, 1).annotators(1).responses(3, 4);
        List<Ranked> rankings = generated.next(20).stream()
                .map(each -> new Ranked(0, 1, 1, each.context(), each.ranks(), each.features()))
                .toList();
        FloatComparisonStore pairs = new FloatComparisonStore(3, 1);
        pairs.upsert(1, 1, 0, 1, 1, 1, new float[] {1}, new float[] {1, 2, 3});
        Question order = Questions.at(off(generated.truth()), ALL);

        Answer sum = new StoreShard(pairs, generated.store(rankings), 1).answer(order);

        assertThat(sum.statistics().clusters()).isEqualTo(1);
        PackedSymmetric meat = PackedSymmetric.of(4, sum.statistics().meat());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double product = sum.statistics().score().get(i)
                        * sum.statistics().score().get(j);
                assertThat(meat.get(i, j)).isCloseTo(product, within(1e-12 * (1 + Math.abs(product))));
            }
        }
    }

    private static FloatComparisonStore pairs() {
        return new FloatComparisonStore(3, 2);
    }

    private static RankingStore rankings() {
        return new RankingStore(3, 2);
    }

    private static StoreShard shard(RankingStore rankings) {
        return new StoreShard(
                new FloatComparisonStore(rankings.rewardDimension(), rankings.rationalityDimension()), rankings, 1);
    }

    /** Somewhere else than the truth. */
    private static Parameters off(Parameters truth) {
        double[] at = truth.joint().toArray();
        for (int i = 0; i < at.length; i++) {
            at[i] = at[i] * 0.7 + 0.1 * Math.sin(i + 1.0);
        }
        return Parameters.of(at, truth.reward().size());
    }

    private static double formula(List<Ranked> rankings, double[] at) {
        return rankings.stream().mapToDouble(each -> each.logLikelihood(at)).sum();
    }

    private static void assertEqual(Answer actual, Answer expected, double tolerance) {
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.weight()).isEqualTo(expected.weight());
        assertThat(actual.statistics().clusters())
                .isEqualTo(expected.statistics().clusters());
        assertThat(actual.statistics().nonPositiveRationality())
                .isEqualTo(expected.statistics().nonPositiveRationality());
        assertThat(actual.statistics().minimumSignedMargin())
                .isCloseTo(expected.statistics().minimumSignedMargin(), within(tolerance));
        assertThat(actual.statistics().logLikelihood())
                .isCloseTo(
                        expected.statistics().logLikelihood(),
                        within(tolerance * -expected.statistics().logLikelihood()));
        assertClose(actual.trials().logLikelihoods(), expected.trials().logLikelihoods(), tolerance);
        assertClose(actual.statistics().score(), expected.statistics().score(), tolerance);
        assertClose(actual.statistics().information(), expected.statistics().information(), tolerance);
        assertClose(actual.statistics().cross(), expected.statistics().cross(), tolerance);
        assertClose(actual.statistics().meat(), expected.statistics().meat(), tolerance);
        assertClose(actual.moments().difference(), expected.moments().difference(), tolerance);
        assertClose(actual.moments().context(), expected.moments().context(), tolerance);
        assertClose(actual.moments().cross(), expected.moments().cross(), tolerance);
    }

    private static void assertClose(Vector actual, Vector expected, double tolerance) {
        assertThat(actual.toArray())
                .containsExactly(expected.toArray(), within(tolerance * Math.max(1, expected.length())));
    }
}
