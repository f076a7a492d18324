package dev.assay.streams.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.ErasureState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySweepTest {
    private final KeySweep sweep = new KeySweep();
    private final List<Map<String, Long>> searches = new ArrayList<>();
    private Optional<List<ComparisonKey>> keys = Optional.empty();
    private boolean failing;
    private final KeyLog keyLog = (partition, ends) -> {
        searches.add(ends);
        return new KeyLog.Search() {
            @Override
            public Optional<List<ComparisonKey>> keys() {
                if (failing) {
                    throw new IllegalStateException("reading failed", new OutOfMemoryError("as if"));
                }
                return keys;
            }

            @Override
            public void close() {}
        };
    };

    @Test
    void whoIsAskedForAgainWhileTheSearchRunsIsNotSearchedForAgain() {
        want("a", 10);
        look(0);
        want("a", 99);
        look(100);
        keys = Optional.of(keysOf("a", 3));
        look(200);
        want("a", 99);
        assertThat(sweep.next(10)).hasSize(3);
        assertThat(sweep.done()).extracting(KeySweep.Swept::keys).containsExactly(3);
        look(300);
        assertThat(searches).containsExactly(Map.of("a", 10L));
    }

    @Test
    void oneReadingIsForAllWhoWaitAndTheNextForThoseWhoCameMeanwhile() {
        want("a", 10);
        want("b", 20);
        look(0);
        want("c", 30);
        List<ComparisonKey> both = new ArrayList<>(keysOf("a", 2));
        both.addAll(keysOf("b", 1));
        keys = Optional.of(both);
        look(100);
        sweep.next(10);
        assertThat(sweep.done())
                .extracting(KeySweep.Swept::keys, swept -> swept.erasure().getAnnotatorId())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(2, "a"), org.assertj.core.groups.Tuple.tuple(1, "b"));
        look(200);
        assertThat(searches).containsExactly(Map.of("a", 10L, "b", 20L), Map.of("c", 30L));
    }

    @Test
    void keysAreHandedOutOnceAndByAndByAndTheErasureIsDoneWithTheLast() {
        want("a", 10);
        look(0);
        keys = Optional.of(keysOf("a", 5));
        look(100);
        List<ComparisonKey> handedOut = new ArrayList<>();
        handedOut.addAll(sweep.next(2));
        assertThat(sweep.done()).isEmpty();
        handedOut.addAll(sweep.next(2));
        assertThat(sweep.done()).isEmpty();
        handedOut.addAll(sweep.next(2));
        assertThat(sweep.done()).hasSize(1);
        assertThat(handedOut).hasSize(5);
        assertThat(Set.copyOf(handedOut)).hasSize(5);
        assertThat(sweep.done()).isEmpty();
    }

    @Test
    void aSearchThatFailsIsSeenAndBegunAgainAfterAPauseThatGrows() {
        failing = true;
        want("a", 10);
        sweep.begin(keyLog, 0, 0);
        assertThatThrownBy(() -> sweep.look(0)).hasMessageContaining("reading failed");
        sweep.begin(keyLog, 0, 999);
        assertThat(searches).hasSize(1);
        sweep.begin(keyLog, 0, 1_000);
        assertThat(searches).hasSize(2);
        assertThatThrownBy(() -> sweep.look(1_000)).isInstanceOf(IllegalStateException.class);
        assertThat(sweep.failures()).isEqualTo(2);
        sweep.begin(keyLog, 0, 2_999);
        assertThat(searches).hasSize(2);
        failing = false;
        keys = Optional.of(keysOf("a", 1));
        look(3_000);
        assertThat(searches).containsExactly(Map.of("a", 10L), Map.of("a", 10L), Map.of("a", 10L));
        assertThat(sweep.failures()).isZero();
        assertThat(sweep.next(9)).hasSize(1);
    }

    private void look(long now) {
        sweep.begin(keyLog, 0, now);
        sweep.look(now);
    }

    private void want(String annotator, long end) {
        sweep.want(
                new Erasure(annotator, "c-" + annotator, ErasureState.REQUESTED.name(), 1L, 0L, 0L, Instant.EPOCH),
                end);
    }

    private static List<ComparisonKey> keysOf(String annotator, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ComparisonKey(annotator, "j" + i))
                .toList();
    }
}
