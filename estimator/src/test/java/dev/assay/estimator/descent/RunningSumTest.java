package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.choice.Parameters;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningSumTest {
    private static final Parameters AT = Parameters.of(new double[] {0.4, -0.3, 0.2}, 2);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void arrivalsEditsAndRetractionsKeepTheStatisticsOfTheFinalSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        RunningSum running = new RunningSum(AT, 1);
        ComparisonBlock block = new ComparisonBlock(1, 2, 1);
        for (int i = 0; i < 4000; i++) {
            long key = random.nextInt(500);
            if (store.read(key, key, block)) {
                running.subtract(block);
            }
            if (random.nextInt(3) == 0) {
                store.remove(key, key);
            } else {
                float[] z = {random.nextInt(-5, 6), random.nextInt(-5, 6)};
                store.upsert(key, key, 3, 1, random.nextInt(3), random.nextInt(3) / 2f, new float[] {key % 7}, z);
                store.read(key, key, block);
                running.add(block);
            }
            if (i == 2000) {
                running = new RunningSum(AT, 1, running.sum());
            }
        }
        ShardSum sum = running.sum();
        ShardSum expected = new StoreShard(store).answer(Orders.at(AT, Wanted.STATISTICS.with(Precision.ALL)));
        assertThat(sum.count()).isEqualTo(expected.count());
        // 4000 additions and subtractions of numbers up to 1e3: what rounding leaves is far below 1e-8.
        assertThat(sum.weight()).isCloseTo(expected.weight(), within(1e-8));
        assertThat(sum.logLikelihood()).isCloseTo(expected.logLikelihood(), within(1e-8));
        assertThat(sum.score().toArray()).containsExactly(expected.score().toArray(), within(1e-8));
        assertThat(sum.cross().toArray()).containsExactly(expected.cross().toArray(), within(1e-8));
        assertThat(sum.information().toArray())
                .containsExactly(expected.information().toArray(), within(1e-8));
        assertThat(sum.nonPositiveRationality()).isCloseTo(expected.nonPositiveRationality(), within(1e-8));
    }
}
