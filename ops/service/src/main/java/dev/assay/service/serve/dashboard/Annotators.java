package dev.assay.service.serve.dashboard;

import dev.assay.streams.model.ShardAnnotators;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The annotators of all shards that have reported, together.
 *
 * @param annotators with at least one judgment
 * @param judgments theirs, by weight
 * @param below flagged as less rational than the population
 * @param negative flagged as judging against it
 * @param multiplierVariance mean of the shards', weighted by their annotators; null where no shard knows it
 * @param reportedAt when the newest report was made; null: none yet
 * @param first at most {@link ShardAnnotators#MOST}, exactly those whom to look at first
 */
public record Annotators(
        long annotators,
        double judgments,
        long below,
        long negative,
        @Nullable Double multiplierVariance,
        @Nullable Instant reportedAt,
        List<ShardAnnotators.Annotator> first) {
    /** Before any report. */
    public static final Annotators UNKNOWN = new Annotators(0, 0, 0, 0, null, null, List.of());

    public Annotators {
        first = List.copyOf(first);
    }

    /**
     * Each annotator is on one shard, so that sums add. As every shard names as many as are named here, in the same order, nobody
     * is left out who belongs to the first.
     *
     * @param shards the newest report of each
     */
    static Annotators of(Collection<ShardAnnotators> shards) {
        long annotators = 0;
        double judgments = 0;
        long below = 0;
        long negative = 0;
        double known = 0;
        double variance = 0;
        Instant reportedAt = null;
        for (ShardAnnotators shard : shards) {
            annotators += shard.totals().annotators();
            judgments += shard.totals().judgments();
            below += shard.totals().below();
            negative += shard.totals().negative();
            if (shard.totals().multiplierVariance() != null) {
                known += shard.totals().annotators();
                variance += shard.totals().annotators() * shard.totals().multiplierVariance();
            }
            if (reportedAt == null || shard.reportedAt().isAfter(reportedAt)) {
                reportedAt = shard.reportedAt();
            }
        }
        List<ShardAnnotators.Annotator> first = shards.stream()
                .flatMap(shard -> shard.first().stream())
                .sorted(ShardAnnotators.FIRST)
                .limit(ShardAnnotators.MOST)
                .toList();
        return new Annotators(
                annotators, judgments, below, negative, known > 0 ? variance / known : null, reportedAt, first);
    }
}
