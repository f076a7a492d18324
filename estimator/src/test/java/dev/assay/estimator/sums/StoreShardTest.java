package dev.assay.estimator.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.GeneratedData.Kind;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreShardTest {
    private static final int ROWS = 20_000; // five chunks, the last one not full
    private static final Kind KIND = Kind.plain(ROWS, 7, 3);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void anyNumberOfThreadsGivesTheSameBits(long seed) {
        GeneratedData data = new GeneratedData(seed, KIND);
        Parameters at = data.truth();
        FloatComparisonStore floats = new FloatComparisonStore(7, 3);
        DoubleComparisonStore doubles = new DoubleComparisonStore(7, 3);
        fill(data, floats, doubles);
        for (Wanted wanted :
                List.of(Wanted.MOMENTS, Wanted.GRADIENT, Wanted.STATISTICS, Wanted.STATISTICS_AND_CLUSTERS)) {
            Question order = Questions.at(at, wanted, at, Parameters.zeros(7, 3));
            for (ComparisonStore store : List.of(floats, doubles)) {
                Answer one = new StoreShard(store, 1).answer(order);
                assertThat(new StoreShard(store, 2).answer(order)).isEqualTo(one);
                assertThat(new StoreShard(store, 7).answer(order)).isEqualTo(one);
            }
        }
    }

    @Test
    void sumsInFloatsAreGoodToStepByAndPreciseOnesToStopBy() {
        GeneratedData data = new GeneratedData(5, KIND);
        Parameters at = data.truth();
        FloatComparisonStore floats = new FloatComparisonStore(7, 3);
        DoubleComparisonStore doubles = new DoubleComparisonStore(7, 3);
        fill(data, floats, doubles);
        Answer exact = new StoreShard(doubles).answer(Questions.at(at, Wanted.STATISTICS));
        Answer fast = new StoreShard(floats).answer(Questions.at(at, Wanted.STATISTICS));
        Answer precise = new StoreShard(floats).answer(Questions.at(at, Wanted.STATISTICS.with(Precision.ALL)));
        // A score entry has a standard deviation of √J: here 20 to 60, and float sums are off by some 1e-7 of that.
        assertThat(fast.statistics().score().toArray())
                .containsExactly(exact.statistics().score().toArray(), within(4e-5));
        assertThat(precise.statistics().score().toArray())
                .containsExactly(exact.statistics().score().toArray(), within(1e-10));
        double scale = exact.statistics().information().length();
        assertThat(fast.statistics().information().toArray())
                .containsExactly(exact.statistics().information().toArray(), within(1e-7 * scale));
        assertThat(precise.statistics().information().toArray())
                .containsExactly(exact.statistics().information().toArray(), within(1e-14 * scale));
        assertThat(fast.statistics().logLikelihood())
                .isCloseTo(exact.statistics().logLikelihood(), within(1e-3));
        assertThat(precise.statistics().logLikelihood())
                .isCloseTo(exact.statistics().logLikelihood(), within(1e-9));
    }

    @Test
    void numbersTooLargeForFloatSumsAreSummedInDoubles() {
        FloatComparisonStore store = new FloatComparisonStore(1, 1);
        store.upsert(1, 1, -1, 1, 1, 1, new float[] {0.5f}, new float[] {1e30f});
        store.upsert(2, 2, -1, 1, 1, 0, new float[] {-0.5f}, new float[] {1e30f});
        Answer sum =
                new StoreShard(store).answer(Questions.at(Parameters.of(new double[] {1e-30, 0.1}, 1), Wanted.MOMENTS));
        assertThat(sum.moments().difference().get(0)).isCloseTo(2e60, within(1e54));
    }

    @Test
    void aTaskThatFailsFailsTheWhole() {
        assertThatThrownBy(() -> Workers.run(3, 5, task -> {
                    if (task == 4) {
                        throw new IllegalStateException("task 4");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task 4");
    }

    private static void fill(GeneratedData data, FloatComparisonStore floats, DoubleComparisonStore doubles) {
        for (int i = 0; i < ROWS; i++) {
            Comparison c = data.next();
            float[] context = floats(c.context());
            float[] difference = floats(c.difference());
            int cluster = i % 3 == 0 ? ComparisonBlock.OWN_CLUSTER : i * 31 % 97;
            floats.upsert(1, i, cluster, 1, 1, (float) c.preference(), context, difference);
            doubles.add(
                    new Comparison(1, Vector.ofFloats(context), Vector.ofFloats(difference), c.preference(), 1),
                    cluster);
        }
    }

    private static float[] floats(Vector vector) {
        float[] floats = new float[vector.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector.get(i);
        }
        return floats;
    }
}
