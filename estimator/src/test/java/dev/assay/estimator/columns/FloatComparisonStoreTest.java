package dev.assay.estimator.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Questions;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatComparisonStoreTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void afterAnyOperationsItHoldsTheFinalSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        Map<Long, Float> expected = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            long key = random.nextInt(6000);
            if (random.nextInt(3) == 0) {
                assertThat(store.remove(key, ~key)).isEqualTo(expected.remove(key) != null);
            } else {
                float value = random.nextInt(1000);
                boolean isNew = store.upsert(key, ~key, (int) key, 1, 1, 1, new float[] {key}, new float[] {value, 2});
                assertThat(isNew).isEqualTo(expected.put(key, value) == null);
            }
        }
        assertThat(store.size()).isEqualTo(expected.size());
        assertThat(contents(store)).isEqualTo(expected);
        assertThat(expected.keySet()).allMatch(key -> store.contains(key, ~key));
        store.clear();
        assertThat(contents(store)).isEmpty();
    }

    @Test
    void theSameOperationsGiveTheSameOrder() {
        assertThat(order(churned())).isEqualTo(order(churned()));
    }

    @Test
    void statisticsEqualAFreshStoresWithTheFinalSet() {
        FloatComparisonStore fresh = new FloatComparisonStore(2, 1);
        FloatComparisonStore churned = churned();
        Map<Long, Float> contents = contents(churned);
        for (long key : order(churned)) {
            fresh.upsert(key, ~key, (int) key, 1, 1, 1, new float[] {key}, new float[] {contents.get(key), 2});
        }
        Question order = Questions.at(
                dev.assay.estimator.choice.Parameters.of(new double[] {1e-3, -1e-2, 1e-4}, 2),
                Wanted.STATISTICS_AND_CLUSTERS.with(Precision.ALL));
        Answer answer = new StoreShard(churned).answer(order);
        Answer expected = new StoreShard(fresh).answer(order);
        assertThat(answer.count()).isEqualTo(expected.count());
        assertThat(answer.statistics().clusters())
                .isEqualTo(expected.statistics().clusters());
        // Rows between free slots are added in other groups than rows side by side: the last bits differ.
        assertClose(answer.statistics().score(), expected.statistics().score());
        assertClose(answer.statistics().information(), expected.statistics().information());
        assertClose(answer.statistics().cross(), expected.statistics().cross());
        assertClose(answer.statistics().meat(), expected.statistics().meat());
    }

    private static void assertClose(Vector sum, Vector expected) {
        double scale = expected.length();
        assertThat(sum.toArray()).containsExactly(expected.toArray(), within(1e-13 * scale));
    }

    @Test
    void itKeepsItsMemoryBudget() {
        FloatComparisonStore store = large(120_000, 100);
        assertThat(store.bytes() / (double) store.size()).isLessThanOrEqualTo(4 * (24 + 4) + 64);
    }

    /** d = 24, k = 4. */
    private static FloatComparisonStore large(int rows, int annotators) {
        FloatComparisonStore store = new FloatComparisonStore(24, 4);
        for (int i = 0; i < rows; i++) {
            store.upsert(i * 0x9E3779B97F4A7C15L, i, i % annotators, 1, 1, 1, new float[4], new float[24]);
        }
        assertThat(store.size()).isEqualTo(rows);
        return store;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void anErasedAnnotatorsRowsAreHandedOverAndGone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        Map<Long, Float> staying = new HashMap<>();
        Map<Long, Float> leaving = new HashMap<>();
        for (long key = 0; key < 1000; key++) {
            float value = random.nextInt(1000);
            boolean leaves = random.nextInt(3) == 0;
            store.upsert(key, ~key, leaves ? 5 : 6, 1, 1, 1, new float[] {key}, new float[] {value, 2});
            (leaves ? leaving : staying).put(key, value);
        }
        Map<Long, Float> handedOver = new HashMap<>();

        int removed = store.removeCluster(5, block -> addTo(handedOver, block));

        assertThat(handedOver).isEqualTo(leaving);
        assertThat(removed).isEqualTo(leaving.size());
        assertThat(store.size()).isEqualTo(staying.size());
        assertThat(everyRow(store)).isEqualTo(staying);
        assertThat(staying.keySet()).allMatch(key -> store.contains(key, ~key));
        assertThat(leaving.keySet()).noneMatch(key -> store.contains(key, ~key));
        assertThat(store.removeCluster(5, block -> addTo(handedOver, block))).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void itShrinksWhenMostRowsHaveLeft(long seed) {
        int rows = 24 * ComparisonStore.CHUNK_SLOTS;
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        Map<Long, Float> expected = new HashMap<>();
        for (long key = 0; key < rows; key++) {
            store.upsert(key, ~key, (int) key % 4, 1, 1, 1, new float[] {key}, new float[] {key % 100, 2});
            expected.put(key, key % 100f);
        }
        long before = store.bytes();
        SplittableRandom random = new SplittableRandom(seed);
        for (long key : random.longs(rows, 0, rows).toArray()) {
            assertThat(store.remove(key, ~key)).isEqualTo(expected.remove(key) != null);
        }
        store.removeCluster(1, block -> {});
        expected.keySet().removeIf(key -> key % 4 == 1);

        assertThat(everyRow(store)).isEqualTo(expected);
        assertThat(store.size()).isEqualTo(expected.size());
        for (long key = 0; key < rows; key++) {
            assertThat(store.contains(key, ~key)).isEqualTo(expected.containsKey(key));
        }
        assertThat((double) store.bytes()).isLessThan(0.6 * before); // half, and a chunk begun
        // New rows go on from there.
        store.upsert(-1, 7, 0, 1, 1, 1, new float[] {-1}, new float[] {3, 2});
        expected.put(-1L, 3f);
        assertThat(everyRow(store)).isEqualTo(expected);
    }

    @Test
    void itKeepsItsMemoryBudgetAfterShrinking() {
        FloatComparisonStore store = large(200_000, 2);
        store.removeCluster(1, block -> {});
        store.remove(0, 0); // more than half
        assertThat(store.bytes() / (double) store.size()).isLessThanOrEqualTo(4 * (24 + 4) + 64);
    }

    @Test
    void aRefusedRowLeavesTheStoreAsItWas() {
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        assertThatThrownBy(
                        () -> store.upsert(1, 1, 0, 1, 1, 1, new float[] {0}, new float[] {1, Float.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("difference entry 1");
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, Float.NaN, 1, new float[] {0}, new float[] {1, 1}))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, 1, 1, new float[0], new float[] {1, 1}))
                .hasMessageContaining("context must have size 1");
        assertThat(store.size()).isZero();
    }

    private static FloatComparisonStore churned() {
        FloatComparisonStore store = new FloatComparisonStore(2, 1);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5000; i++) {
            long key = random.nextInt(900);
            if (random.nextInt(4) == 0) {
                store.remove(key, ~key);
            } else {
                store.upsert(key, ~key, (int) key, 1, 1, 1, new float[] {key}, new float[] {random.nextInt(9), 2});
            }
        }
        return store;
    }

    private static Map<Long, Float> contents(FloatComparisonStore store) {
        store.forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                assertThat(block.cluster(r)).isEqualTo((int) block.context(r, 0));
            }
        });
        return everyRow(store);
    }

    private static Map<Long, Float> everyRow(FloatComparisonStore store) {
        Map<Long, Float> contents = new HashMap<>();
        store.forEach(block -> addTo(contents, block));
        return contents;
    }

    private static void addTo(Map<Long, Float> contents, ComparisonBlock block) {
        for (int r = 0; r < block.rows(); r++) {
            assertThat(contents.put((long) block.context(r, 0), (float) block.difference(r, 0)))
                    .isNull();
        }
    }

    private static List<Long> order(FloatComparisonStore store) {
        List<Long> order = new ArrayList<>();
        store.forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                order.add((long) block.context(r, 0));
            }
        });
        return order;
    }
}
