package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplicationsTest {
    @Test
    void resultsDoNotDependOnThreads() {
        assertThat(seeds(1, 7, "cell")).isEqualTo(seeds(4, 7, "cell"));
    }

    @Test
    void everyReplicationOfEveryCellAndSeedHasASeedOfItsOwn() {
        List<Long> all = new ArrayList<>(seeds(1, 7, "cell"));
        all.addAll(seeds(1, 7, "other cell"));
        all.addAll(seeds(1, 8, "cell"));
        assertThat(new HashSet<>(all)).hasSize(all.size());
    }

    @Test
    void aFailureIsNotLost() {
        try (Replications replications = new Replications(7, 3, 2, () -> {})) {
            assertThatThrownBy(() -> replications.run("cell", seed -> {
                        throw new IllegalArgumentException("the reason");
                    }))
                    .hasMessageContaining("the reason");
        }
    }

    @Test
    void everyReplicationIsAStep() {
        AtomicInteger steps = new AtomicInteger();
        try (Replications replications = new Replications(7, 10, 2, steps::incrementAndGet)) {
            replications.run("cell", seed -> seed);
            replications.run("slow cell", replications.few(), seed -> seed);
        }
        assertThat(steps).hasValue(12);
    }

    private static List<Long> seeds(int threads, long seed, String cell) {
        try (Replications replications = new Replications(seed, 50, threads, () -> {})) {
            return replications.run(cell, one -> one);
        }
    }
}
