package dev.assay.service.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.export.StandingPairs.Entry;
import dev.assay.service.export.StandingPairs.Kind;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingPairsTest {
    private static final ParameterSnapshot SNAPSHOT = new ParameterSnapshot(
            "m",
            1,
            ParameterSnapshot.Kind.RERUN,
            Parameters.of(new double[] {1, 0.5}, 1),
            new ParameterSnapshot.Spaces("space", "spec", List.of("x"), List.of("psi")),
            new ParameterSnapshot.Sums(
                    PackedSymmetric.of(2, Vector.zeros(3)),
                    Vector.zeros(1),
                    PackedSymmetric.of(2, Vector.zeros(3)),
                    1,
                    1,
                    1,
                    -1),
            new ParameterSnapshot.Quality(0, 0, 1, List.of()),
            new ParameterSnapshot.Origin(List.of(0L), null, "revision", "runtime", Instant.EPOCH));

    @Test
    void aRankingIsItsBestAgainstEachOfTheOthers() {
        Entry entry = entry(3, 1, 2, 3);

        assertThat(entry.kind()).isEqualTo(Kind.PAIR);
        assertThat(entry.chosenId()).isEqualTo("r1");
        assertThat(entry.rejectedIds()).containsExactly("r0", "r2", "r3");
        assertThat(entry.weight()).isEqualTo(2); // 1 + 0.5 · 2
    }

    @Test
    void ofTwoItIsThePair() {
        assertThat(entry(2, 1).chosenId()).isEqualTo("r1");
        assertThat(entry(2, 1).rejectedIds()).containsExactly("r0");
        assertThat(entry(1, 2).chosenId()).isEqualTo("r0");
    }

    @Test
    void whereSeveralAreBestItIsATie() {
        assertThat(entry(1, 1).kind()).isEqualTo(Kind.TIE);
        assertThat(entry(1, 3, 1).kind()).isEqualTo(Kind.TIE);
    }

    private static Entry entry(Integer... ranks) {
        StandingPairs standing = new StandingPairs(SNAPSHOT, WireFormat.SINGLE_OBJECT);
        List<ComparedResponse> responses = IntStream.range(0, ranks.length)
                .mapToObj(i -> new ComparedResponse("r" + i, null, new float[] {i}))
                .toList();
        StoredComparison comparison = new StoredComparison(
                "p",
                responses,
                List.of(ranks),
                1,
                "space",
                new StoredComparison.EncodedContext("spec", 1, new float[] {2}),
                Occasion.of(Map.of(), "test"));
        ComparisonKey key = new ComparisonKey("a", "j");
        standing.take(Codec.COMPARISON_KEYS.encode(key), new ComparisonCodec().encode(comparison));
        return standing.entries().values().iterator().next();
    }
}
