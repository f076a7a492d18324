package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedRankings;
import dev.assay.estimator.GeneratedRankings.Ranked;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.inference.AnnotatorSums;
import dev.assay.estimator.inference.AnnotatorTally;
import dev.assay.estimator.inference.RunningTally;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningRankingsTest {
    private static final int KEYS = 300;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void editsRetractionsAndErasuresKeepTheSumsOfTheFinalSet(long seed) {
        GeneratedRankings generated = new GeneratedRankings(seed, 3, 2).annotators(30);
        SplittableRandom random = new SplittableRandom(seed);
        Parameters at = generated.truth();
        FloatComparisonStore pairs = new FloatComparisonStore(3, 2);
        RankingStore store = generated.store(generated.next(100));
        RunningSum sum = RunningSum.over(at, pairs, store, 1);
        RunningMoments moments = RunningMoments.over(pairs, store);
        RunningTally tally = RunningTally.over(at, pairs, store);
        for (int i = 0; i < 1500; i++) {
            if (random.nextInt(200) == 0) {
                store.removeCluster(random.nextInt(1, 30), leaving -> {
                    sum.subtract(leaving);
                    moments.subtract(leaving);
                    tally.subtract(leaving);
                });
            }
            long key = random.nextInt(KEYS);
            store.read(key, key).ifPresent(leaving -> {
                sum.subtract(leaving);
                moments.subtract(leaving);
                tally.subtract(leaving);
            });
            if (random.nextInt(3) == 0) {
                store.remove(key, key);
                continue;
            }
            Ranked ranked = generated.next(); // often of another number of responses
            ranked.into(store, key);
            store.read(key, key).ifPresent(entering -> {
                sum.add(entering);
                moments.add(entering);
                tally.add(entering);
            });
        }
        store.removeCluster(7, leaving -> {
            sum.subtract(leaving);
            moments.subtract(leaving);
            tally.subtract(leaving);
        });

        assertEqual(sum.sum(), RunningSum.over(at, pairs, store, 1).sum());
        assertEqualMoments(moments.sum(), RunningMoments.over(pairs, store).sum());
        assertEqual(tally.tally(), AnnotatorTally.of(at, pairs, store));
        assertThat(tally.tally().annotators()).doesNotContainKey(7).isNotEmpty();
        assertThat(store.size()).isGreaterThan(100);
    }

    private static void assertEqual(Answer running, Answer pass) {
        assertThat(running.count()).isEqualTo(pass.count());
        assertThat(running.weight()).isEqualTo(pass.weight());
        assertThat(running.statistics().clusters()).isEqualTo(pass.statistics().clusters());
        assertThat(running.statistics().logLikelihood())
                .isCloseTo(pass.statistics().logLikelihood(), within(1e-9));
        Questions.assertClose(running.statistics().score(), pass.statistics().score());
        Questions.assertClose(
                running.statistics().information(), pass.statistics().information());
        Questions.assertClose(running.statistics().cross(), pass.statistics().cross());
        Questions.assertClose(running.statistics().meat(), pass.statistics().meat());
    }

    private static void assertEqualMoments(Answer running, Answer pass) {
        assertThat(running.count()).isEqualTo(pass.count());
        assertThat(running.weight()).isEqualTo(pass.weight());
        Questions.assertClose(running.moments().difference(), pass.moments().difference());
        Questions.assertClose(running.moments().context(), pass.moments().context());
        Questions.assertClose(running.moments().cross(), pass.moments().cross());
    }

    private static void assertEqual(AnnotatorTally running, AnnotatorTally pass) {
        assertThat(running.annotators().keySet()).isEqualTo(pass.annotators().keySet());
        pass.annotators().forEach((annotator, expected) -> {
            AnnotatorSums actual = Objects.requireNonNull(running.annotators().get(annotator));
            assertThat(actual.judgments()).isEqualTo(expected.judgments());
            assertThat(actual.agreeing()).isCloseTo(expected.agreeing(), within(1e-10));
            assertThat(actual.slope().score()).isCloseTo(expected.slope().score(), within(1e-10));
            assertThat(actual.slope().information()).isCloseTo(expected.slope().information(), within(1e-10));
            assertThat(actual.atZero().score()).isCloseTo(expected.atZero().score(), within(1e-10));
        });
    }
}
