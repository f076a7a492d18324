package dev.assay.streams.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.quarantine.UnusableRecordException;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardStoreTest {
    private final ShardStore store =
            new ShardStore("test", new ShardShape(2, 1, "space", "spec"), new SimpleMeterRegistry());

    /** Taken up again with the same stores, a shard once went on almost empty as if it were whole. */
    @Test
    void aShardThatIsTakenUpAgainIsRefusedSoThatAnotherThreadRestoresIt() {
        StateStoreContext context = new MockProcessorContext<>().getStateStoreContext();
        store.init(context, store);
        store.close();
        assertThatThrownBy(() -> store.init(context, store))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("not taken up again");
    }

    @Test
    void pairsBecomeRankingsAndBackAndLeaveWithTheirAnnotator() {
        ShardStore kept = new ShardStore("kept", new ShardShape(2, 1, "space", "spec"), new SimpleMeterRegistry());
        Linearisation at = new Linearisation(1, Parameters.of(new double[] {0.5, -0.2, 0.1}, 2));
        kept.linearise(at);
        for (ShardStore each : List.of(store, kept)) {
            for (int i = 0; i < 40; i++) {
                put(each, "a" + i % 4, "j" + i, 1, i % 2 == 0 ? List.of(1, 2) : List.of(2, 1, 3, 3));
                put(each, "a" + i % 4, "j" + i, 2, i % 3 == 0 ? List.of(1, 2) : List.of(1, 3, 2)); // an edit
            }
            each.apply(key("a1", "j1"), null);
            each.erase(erasure("a2"));
        }
        store.linearise(at);
        assertThat(store.size()).isEqualTo(29);
        assertThat(store.rankings().size()).isBetween(15L, 25L);
        assertThat(store.owedErasures())
                .extracting(ErasureProgress::getJudgments)
                .containsExactly(10L);
        assertThat(kept.sum().count()).isEqualTo(29).isEqualTo(store.sum().count());
        assertThat(kept.sum().statistics().clusters()).isEqualTo(3);
        assertThat(kept.sum().weight()).isEqualTo(58).isEqualTo(store.sum().weight());
        for (int i = 0; i < 3; i++) {
            assertThat(kept.sum().statistics().score().get(i))
                    .isCloseTo(store.sum().statistics().score().get(i), Offset.offset(1e-12));
        }
        assertThat(kept.tally().annotators().keySet())
                .hasSize(3)
                .isEqualTo(store.tally().annotators().keySet());
    }

    @Test
    void sumsStartedLateAndSumsKeptFromTheBeginningAreTheSame() {
        ShardStore kept = new ShardStore("kept", new ShardShape(2, 1, "space", "spec"), new SimpleMeterRegistry());
        Linearisation at = new Linearisation(1, Parameters.of(new double[] {0.5, -0.2, 0.1}, 2));
        kept.linearise(at);
        for (ShardStore each : List.of(store, kept)) {
            for (int i = 0; i < 40; i++) {
                put(each, "a" + i % 4, "j" + i, 1 + i % 3);
                put(each, "a" + i % 4, "j" + i, 1 + i % 2); // an edit
            }
            each.apply(key("a1", "j1"), null);
            each.erase(erasure("a2"));
        }
        store.linearise(at);
        assertThat(kept.sum().count()).isEqualTo(29).isEqualTo(store.sum().count());
        assertThat(kept.sum().statistics().clusters()).isEqualTo(3);
        assertThat(kept.sum().weight()).isEqualTo(store.sum().weight());
        for (int i = 0; i < 3; i++) {
            assertThat(kept.sum().statistics().score().get(i))
                    .isCloseTo(store.sum().statistics().score().get(i), Offset.offset(1e-12));
        }
    }

    @Test
    void whatAnErasedAnnotatorSendsIsNeverTakenOver() {
        put(store, "a", "j1", 1);
        store.erase(erasure("a"));
        assertThat(store.columns().size()).isZero();
        put(store, "a", "j2", 1);
        assertThat(store.columns().size()).isZero();
        assertThat(store.refused(key("a", "j2"))).contains(new ComparisonKey("a", "j2"));
        assertThat(store.refused(key("b", "j2"))).isEmpty();
    }

    @Test
    void aLiftedBanAdmitsWhatComesFromThenOn() {
        store.erase(erasure("a"));
        store.lift("a");
        put(store, "a", "j1", 1);
        assertThat(store.columns().size()).isEqualTo(1);
    }

    @Test
    void anErasureIsOwedUntilItsReceipt() {
        put(store, "a", "j1", 1);
        Erasure requested = erasure("a");
        store.erase(requested);
        store.erase(requested); // read again after a move
        assertThat(store.owedErasures()).singleElement().satisfies(owed -> {
            assertThat(owed.getJudgments()).isEqualTo(1);
            assertThat(owed.getSwept()).isFalse();
        });
        store.erase(in(requested, ErasureState.RECEIPTED));
        assertThat(store.owedErasures()).isEmpty();
    }

    @Test
    void aRequestReadAgainTakesNothingBack() {
        put(store, "a", "j1", 1);
        Erasure requested = erasure("a");
        assertThat(store.erase(requested)).isEqualTo(ErasureState.REQUESTED);
        assertThat(store.owedErasures()).allMatch(ErasureProgress::getSearching);
        assertThat(store.erase(in(requested, ErasureState.SWEPT))).isEqualTo(ErasureState.SWEPT);
        assertThat(store.erase(requested)).isEqualTo(ErasureState.SWEPT);
        assertThat(store.owedErasures()).containsExactly(new ErasureProgress("c-a", 1L, 1L, true, false));
    }

    @Test
    void aReceiptIsFinalForTheShard() {
        put(store, "a", "j1", 1);
        Erasure requested = erasure("a");
        store.erase(requested);
        store.erase(in(requested, ErasureState.RECEIPTED));
        assertThat(store.erase(in(requested, ErasureState.SWEPT))).isEqualTo(ErasureState.RECEIPTED);
        assertThat(store.owedErasures()).isEmpty();
        // The coordinator alone may have lost it; it then hears what there was, and nothing is searched for again.
        assertThat(store.erase(requested)).isEqualTo(ErasureState.SWEPT);
        assertThat(store.owedErasures()).containsExactly(new ErasureProgress("c-a", 1L, 1L, true, false));
        assertThat(store.owed().known(requested, ErasureState.SWEPT).getJudgments())
                .isEqualTo(1);
    }

    @Test
    void aRecordThatCannotBeUsedTakesTheOlderOneOutLiveAndRestoredAlike() {
        ShardStore restored =
                new ShardStore("restored", new ShardShape(2, 1, "space", "spec"), new SimpleMeterRegistry());
        for (ShardStore each : List.of(store, restored)) {
            put(each, "a", "j1", 1);
            put(each, "a", "j2", 1);
        }
        assertThatThrownBy(() -> store.take(key("a", "j1"), new byte[] {1, 2}))
                .isInstanceOf(UnusableRecordException.class);
        assertThatThrownBy(() -> store.take(new byte[] {1}, new byte[] {1, 2}))
                .isInstanceOf(UnusableRecordException.class);
        restored.apply(key("a", "j1"), new byte[] {1, 2});
        restored.apply(new byte[] {1}, new byte[] {1, 2});
        restored.apply(null, null);
        assertThat(store.size()).isEqualTo(1);
        assertThat(restored.size()).isEqualTo(1);
    }

    private static void put(ShardStore store, String annotator, String judgment, double weight) {
        put(store, annotator, judgment, weight, List.of(1, 2));
    }

    private static void put(ShardStore store, String annotator, String judgment, double weight, List<Integer> ranking) {
        float seed = judgment.hashCode() % 7;
        List<ComparedResponse> responses = List.of(
                new ComparedResponse("r1", null, new float[] {seed, 1}),
                new ComparedResponse("r2", null, new float[] {1, -seed}),
                new ComparedResponse("r3", null, new float[] {-1, 0.5f}),
                new ComparedResponse("r4", null, new float[] {seed, seed}));
        StoredComparison comparison = new StoredComparison(
                "p",
                responses.subList(0, ranking.size()),
                ranking,
                weight,
                "space",
                new StoredComparison.EncodedContext("spec", 1, new float[] {seed / 10}),
                Occasion.of(Map.of(), "test"));
        store.apply(key(annotator, judgment), new ComparisonCodec().encode(comparison));
    }

    private static byte[] key(@Nullable String annotator, String judgment) {
        return Codec.COMPARISON_KEYS.encode(new ComparisonKey(annotator, judgment));
    }

    private static Erasure erasure(String annotator) {
        return new Erasure(annotator, "c-" + annotator, ErasureState.REQUESTED.name(), 1L, 0L, 0L, Instant.EPOCH);
    }

    private static Erasure in(Erasure erasure, ErasureState state) {
        return new Erasure(
                erasure.getAnnotatorId(), erasure.getCommandId(), state.name(), 1L, 1L, 1L, erasure.getRequestedAt());
    }
}
