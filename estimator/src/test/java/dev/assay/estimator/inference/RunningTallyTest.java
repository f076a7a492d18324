package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.FloatComparisonStore;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningTallyTest {
    private static final Parameters AT = Parameters.of(new double[] {0.7, -0.4, 0.3}, 2);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whateverCameAndWentTheTallyIsThatOfAPassOverTheRest(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        ComparisonBlock row = new ComparisonBlock(1, 2, 1);
        RunningTally running = RunningTally.over(AT, store);
        for (int i = 0; i < 3_000; i++) {
            long key = random.nextInt(300);
            if (store.read(key, key, row)) {
                running.subtract(row);
            }
            store.remove(key, key);
            if (random.nextInt(3) > 0) {
                float[] z = {(float) random.nextDouble(-2, 2), (float) random.nextDouble(-2, 2)};
                float[] psi = {(float) random.nextDouble(-1, 1)};
                store.upsert(key, key, random.nextInt(-1, 20), 1, random.nextInt(3), random.nextInt(3) / 2f, psi, z);
                store.read(key, key, row);
                running.add(row);
            }
            if (i == 2_000) {
                store.removeCluster(5, running::subtract);
            }
        }
        store.removeCluster(6, running::subtract);
        AnnotatorTally passed = AnnotatorTally.of(AT, store);
        AnnotatorTally tally = running.tally();
        assertThat(tally.annotators().keySet()).isEqualTo(passed.annotators().keySet());
        assertThat(tally.annotators()).doesNotContainKey(6);
        passed.annotators().forEach((annotator, expected) -> {
            AnnotatorSums actual = Objects.requireNonNull(tally.annotators().get(annotator));
            assertThat(actual.judgments()).isEqualTo(expected.judgments());
            assertThat(actual.agreeing()).isEqualTo(expected.agreeing());
            assertThat(actual.slope().score()).isCloseTo(expected.slope().score(), within(1e-10));
            assertThat(actual.slope().information()).isCloseTo(expected.slope().information(), within(1e-10));
            assertThat(actual.thirdCumulant()).isCloseTo(expected.thirdCumulant(), within(1e-10));
            assertThat(actual.squaredScores()).isCloseTo(expected.squaredScores(), within(1e-10));
            assertThat(actual.atZero().score()).isCloseTo(expected.atZero().score(), within(1e-10));
            assertThat(actual.atZero().information())
                    .isCloseTo(expected.atZero().information(), within(1e-10));
        });
    }
}
