package dev.assay.estimator.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingStoreTest {
    private static final int D = 16;
    private static final int K = 4;

    private final RankingStore store = new RankingStore(D, K);

    @Test
    void aRankingIsReadBackAsItWasPutRelativeToItsFirstResponse() {
        float[] features = {1, 2, 4, 8, 16, 32};
        RankingStore small = new RankingStore(2, 1);
        small.upsert(1, 2, 5, 0.5f, 3, new float[] {7}, new int[] {2, 1, 2}, features);

        RankingBlock block = small.read(1, 2).orElseThrow();

        assertThat(block.rows()).isEqualTo(1);
        assertThat(block.responses()).isEqualTo(3);
        assertThat(block.cluster(0)).isEqualTo(5);
        assertThat(block.offset(0)).isEqualTo(0.5);
        assertThat(block.weight(0)).isEqualTo(3);
        assertThat(block.context(0, 0)).isEqualTo(7);
        assertThat(block.rationality(0, new double[] {2})).isEqualTo(14.5);
        int[] ranks = new int[3];
        block.ranks(0, ranks);
        assertThat(ranks).containsExactly(2, 1, 2);
        double[] relative = new double[6];
        block.features(0, relative);
        assertThat(relative).containsExactly(0, 0, 3, 6, 15, 30);
        assertThat(small.read(2, 1)).isEmpty();
    }

    @Test
    void anEditMayChangeTheNumberOfResponses() {
        assertThat(put(1, 0, 3)).isTrue();
        assertThat(put(1, 0, 5)).isFalse();
        assertThat(put(1, 0, 5)).isFalse();

        assertThat(store.size()).isEqualTo(1);
        assertThat(store.read(1, 1).orElseThrow().responses()).isEqualTo(5);
        assertThat(store.remove(1, 1)).isTrue();
        assertThat(store.remove(1, 1)).isFalse();
        assertThat(store.size()).isZero();
    }

    @Test
    void anAnnotatorLeavesWithRankingsOfEverySize() {
        for (int i = 0; i < 600; i++) {
            put(i, i % 3, 3 + i % 5);
        }
        List<Integer> left = new ArrayList<>();

        int removed = store.removeCluster(1, block -> {
            for (int r = 0; r < block.rows(); r++) {
                assertThat(block.cluster(r)).isEqualTo(1);
                left.add(block.responses());
            }
        });

        assertThat(removed).isEqualTo(200);
        assertThat(left).hasSize(200).contains(3, 4, 5, 6, 7);
        assertThat(store.size()).isEqualTo(400);
        store.forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                assertThat(block.cluster(r)).isNotEqualTo(1);
            }
        });
    }

    @Test
    void itTakesLittleMoreThanItsNumbersAndGivesThemBack() {
        int count = 20_000;
        int responses = 6;
        for (int i = 0; i < count; i++) {
            put(i, i % 50, responses);
        }
        assertThat(store.bytes() / count).isLessThanOrEqualTo(4 * (responses * (D + 1) + K) + 64);
        long full = store.bytes();

        for (int i = 100; i < count; i++) {
            store.remove(i, i);
        }

        assertThat(store.bytes()).isLessThan(full / 10);
        for (int i = 0; i < 100; i++) {
            assertThat(store.contains(i, i)).isTrue();
        }
    }

    @Test
    void oneLargeRankingDoesNotTakeMegabytes() {
        RankingStore wide = new RankingStore(1024, 0);
        wide.upsert(1, 1, -1, 1, 1, new float[0], ranks(64), new float[64 * 1024]);

        assertThat(wide.bytes()).isLessThan(1 << 20);
    }

    @Test
    void itRefusesWhatIsNoRanking() {
        float[] psi = new float[K];
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, 1, psi, new int[] {1}, new float[D]))
                .hasMessage("responses must be 2 to 64, were 1");
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, 1, psi, new int[] {1, 3}, new float[2 * D]))
                .hasMessage("a rank must be 1 to 2, was 3");
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, 1, psi, new int[] {1, 2}, new float[D]))
                .hasMessage("features must have size 32, had 16");
        assertThatThrownBy(() -> store.upsert(1, 1, 0, 1, -1, psi, new int[] {1, 2}, new float[2 * D]))
                .hasMessageContaining("weight must be finite and ≥ 0, was -1");
        assertThat(store.size()).isZero();
    }

    private boolean put(long key, int cluster, int responses) {
        float[] features = new float[responses * D];
        features[responses] = key;
        return store.upsert(key, key, cluster, 1, 1, new float[K], ranks(responses), features);
    }

    private static int[] ranks(int responses) {
        int[] ranks = new int[responses];
        for (int i = 0; i < responses; i++) {
            ranks[i] = i + 1;
        }
        return ranks;
    }
}
