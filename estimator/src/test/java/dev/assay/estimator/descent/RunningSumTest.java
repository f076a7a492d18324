package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Running sums against passes over what is left, after random comings, edits and goings. */
class RunningSumTest {
    private static final double ROUNDING = 2e-6; // of float32 sums in the pass that the running sum begins with

    /** A store with its running sums, changed the way a shard changes them. */
    private static final class Kept {
        final int d;
        final int k;
        final Parameters at;
        final SplittableRandom random;
        final FloatComparisonStore store;
        final ComparisonBlock row;

        final RunningSum sum;

        final RunningMoments moments;

        Kept(int d, int k, long seed) {
            this.d = d;
            this.k = k;
            random = new SplittableRandom(seed);
            at = new Parameters(vector(d), vector(k));
            store = new FloatComparisonStore(d, k);
            row = new ComparisonBlock(1, d, k);
            for (int i = 0; i < 300; i++) {
                put(i);
            }
            sum = RunningSum.over(at, store, 1);
            moments = RunningMoments.over(store);
        }

        Vector vector(int size) {
            return Vector.of(random.doubles(size, -0.5, 0.5).toArray());
        }

        float[] floats(int size) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            return values;
        }

        void upsert(long key) {
            remove(key);
            put(key);
            store.read(key, key, row);
            sum.add(row);
            moments.add(row);
        }

        private void put(long key) {
            int cluster = random.nextInt(-1, 9);
            float weight = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(2);
            float preference = random.nextInt(3) / 2f;
            store.upsert(key, key, cluster, 1, weight, preference, floats(k), floats(d));
        }

        void remove(long key) {
            if (store.read(key, key, row)) {
                sum.subtract(row);
                moments.subtract(row);
            }
            store.remove(key, key);
        }

        void removeCluster(int cluster) {
            store.removeCluster(cluster, rows -> {
                sum.subtract(rows);
                moments.subtract(rows);
            });
        }

        ShardSum passed(Wanted wanted) {
            RoundOrder order = RoundOrder.warm("pass", at).asking(wanted.with(Precision.ALL), DescentState.first(true));
            return new StoreShard(store).answer(order);
        }
    }

    @ParameterizedTest(name = "d {0}, k {1}, seed {2}")
    @CsvSource({"3, 2, 1", "3, 2, 2", "1, 0, 3", "30, 10, 4"})
    void whateverCameAndWentTheSumsAreThoseOfAPassOverTheRest(int d, int k, long seed) {
        Kept kept = new Kept(d, k, seed);
        for (int i = 0; i < 3_000; i++) {
            long key = kept.random.nextInt(600);
            if (kept.random.nextInt(3) == 0) {
                kept.remove(key);
            } else {
                kept.upsert(key);
            }
            if (i % 700 == 0) {
                kept.sum.sum(); // Asking in between changes nothing.
            }
            if (i == 2_000) {
                kept.removeCluster(4);
            }
        }
        ShardSum passed = kept.passed(Wanted.STATISTICS_AND_CLUSTERS);
        ShardSum running = kept.sum.sum();
        assertThat(running.count()).isEqualTo(passed.count());
        assertThat(running.weight()).isEqualTo(passed.weight());
        assertThat(running.clusters()).isEqualTo(passed.clusters());
        assertThat(running.nonPositiveRationality()).isEqualTo(passed.nonPositiveRationality());
        assertThat(running.logLikelihood()).isCloseTo(passed.logLikelihood(), within(passed.logLikelihood(), 1e-11));
        assertClose(running.score(), passed.score(), 1e-11);
        assertClose(running.meat(), passed.meat(), 1e-11);
        assertClose(running.information(), passed.information(), ROUNDING);
        assertClose(running.cross(), passed.cross(), ROUNDING);
        ShardSum passedMoments = kept.passed(Wanted.MOMENTS);
        ShardSum runningMoments = kept.moments.sum();
        assertThat(runningMoments.weight()).isEqualTo(passedMoments.weight());
        assertClose(runningMoments.differenceMoment(), passedMoments.differenceMoment(), ROUNDING);
        assertClose(runningMoments.contextMoment(), passedMoments.contextMoment(), ROUNDING);
        assertClose(runningMoments.crossMoment(), passedMoments.crossMoment(), ROUNDING);
    }

    @Test
    void anAnnotatorWhoseLastJudgmentLeavesIsNoClusterAnyMore() {
        Kept kept = new Kept(2, 1, 5);
        kept.removeCluster(0);
        kept.removeCluster(1);
        ShardSum passed = kept.passed(Wanted.STATISTICS_AND_CLUSTERS);
        assertThat(kept.sum.sum().clusters()).isEqualTo(passed.clusters());
        assertClose(kept.sum.sum().meat(), passed.meat(), 1e-11);
    }

    @Test
    void aStoreThatHasLostMostOfItsRowsShrinksAndKeepsTheRest() {
        FloatComparisonStore store = new FloatComparisonStore(4, 1);
        for (long key = 0; key < 40_000; key++) {
            float value = key;
            store.upsert(key, ~key, (int) (key % 10), 1, 1, 1, new float[] {value}, new float[] {value, 1, 2, 3});
        }
        long full = store.bytes();
        for (int cluster = 0; cluster < 9; cluster++) {
            assertThat(store.removeCluster(cluster, rows -> {})).isEqualTo(4_000);
        }
        assertThat(store.size()).isEqualTo(4_000);
        assertThat(store.bytes()).isLessThan(full / 3);
        ComparisonBlock block = new ComparisonBlock(1, 4, 1);
        for (long key = 9; key < 40_000; key += 10) {
            assertThat(store.read(key, ~key, block)).isTrue();
            assertThat(block.difference(0, 0)).isEqualTo((float) key);
            assertThat(block.cluster(0)).isEqualTo(9);
        }
        assertThat(store.contains(8, ~8L)).isFalse();
    }

    private static Offset<Double> within(double of, double relative) {
        return Offset.offset(Math.abs(of) * relative);
    }

    private static void assertClose(Vector actual, Vector expected, double relative) {
        double scale = 0;
        for (int i = 0; i < expected.size(); i++) {
            scale = Math.max(scale, Math.abs(expected.get(i)));
        }
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                    .as("entry %s", i)
                    .isCloseTo(expected.get(i), Offset.offset(relative * scale + 1e-12));
        }
    }
}
