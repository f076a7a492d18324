package dev.assay.service.serve.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardAnnotators.Annotator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnnotatorsTest {
    private static final Instant T = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void shardsAddAndTheVarianceIsWeightedByAnnotators() {
        Annotators both = Annotators.of(List.of(
                report(0, 30, 300.5, 3, 1, 0.5, T, List.of()),
                report(1, 10, 99.5, 0, 2, 0.1, T.plusSeconds(5), List.of())));
        assertThat(both.annotators()).isEqualTo(40);
        assertThat(both.judgments()).isEqualTo(400);
        assertThat(both.below()).isEqualTo(3);
        assertThat(both.negative()).isEqualTo(3);
        assertThat(both.multiplierVariance()).isEqualTo(0.4); // (30 · ½ + 10 · 0.1) / 40
        assertThat(both.reportedAt()).isEqualTo(T.plusSeconds(5));
    }

    @Test
    void aShardWithoutAVarianceHasNoSayInItAndWhereNoneHasOneThereIsNone() {
        ShardAnnotators alone = report(0, 1, 10, 0, 0, null, T, List.of());
        ShardAnnotators many = report(1, 4, 10, 0, 0, 0.25, T, List.of());
        assertThat(Annotators.of(List.of(alone, many)).multiplierVariance()).isEqualTo(0.25);
        assertThat(Annotators.of(List.of(alone)).multiplierVariance()).isNull();
        assertThat(Annotators.of(List.of())).isEqualTo(Annotators.UNKNOWN);
    }

    @Test
    void negativeComeFirstThenBelowThenTheLeastRationalOfAllShards() {
        List<Annotator> first = List.of(
                annotator("n2", 0.3, true, true),
                annotator("b1", 0.2, true, false),
                annotator("o2", 0.1, false, false));
        List<Annotator> second = List.of(
                annotator("n1", -0.5, false, true),
                annotator("b2", 0.4, true, false),
                annotator("o1", 0.05, false, false));
        Annotators both =
                Annotators.of(List.of(report(0, 3, 3, 2, 1, null, T, first), report(1, 3, 3, 1, 1, null, T, second)));
        assertThat(both.first()).extracting(Annotator::annotatorId).containsExactly("n1", "n2", "b1", "b2", "o1", "o2");
    }

    @Test
    void whoIsAmongTheFirstOfAllIsNamedThoughShardsNameOnlyTheirFirst() {
        List<Annotator> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(annotator("a" + i, i / 1000.0, i % 7 == 0, i % 50 == 0));
        }
        Collections.shuffle(all, new Random(1));
        List<ShardAnnotators> shards = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            List<Annotator> his = all.subList(250 * shard, 250 * shard + 250).stream()
                    .sorted(ShardAnnotators.FIRST)
                    .limit(ShardAnnotators.MOST)
                    .toList();
            shards.add(report(shard, 250, 250, 0, 0, null, T, his));
        }
        assertThat(Annotators.of(shards).first())
                .isEqualTo(all.stream().sorted(ShardAnnotators.FIRST).limit(200).toList());
    }

    private static Annotator annotator(String id, double shrunk, boolean below, boolean negative) {
        return new Annotator(id, 1, shrunk, 0.5, shrunk, below, negative);
    }

    private static ShardAnnotators report(
            int shard,
            long annotators,
            double judgments,
            long below,
            long negative,
            @Nullable Double variance,
            Instant at,
            List<Annotator> first) {
        return new ShardAnnotators(
                "m", shard, 1, at, new ShardAnnotators.Totals(annotators, judgments, below, negative, variance), first);
    }
}
