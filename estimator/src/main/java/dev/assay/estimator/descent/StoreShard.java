package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Parameters;
import java.util.List;

/**
 * A shard over a columnar store: one pass a round, whatever is asked.
 *
 * <p>The store is cut into segments whose bounds depend on nothing but its slots; every segment is summed by itself and the
 * sums are added in order, so that any number of threads gives the same bits.
 */
public final class StoreShard implements Shard {
    private static final int MOST_SEGMENTS = 16;
    private static final int MOST_SUM_ENTRIES = 1 << 24; // of all segments' p × p sums: 128 MiB
    private static final int GRADIENT_ROWS = 64; // of a window: what is read twice is then still next to the core
    private static final int STATISTICS_ROWS = 512;
    private static final int LEAST_ROWS = 32;
    private static final int STATISTICS_ENTRIES = 1 << 17; // of a window: half of a second-level cache

    private final ComparisonStore store;
    private final int threads;

    public StoreShard(ComparisonStore store) {
        this(store, 1);
    }

    /** @param threads at least 1; the sums do not depend on it */
    public StoreShard(ComparisonStore store, int threads) {
        Require.that(threads >= 1, "threads must be at least 1, was %s", threads);
        this.store = store;
        this.threads = threads;
    }

    /** A pass at the point with all rows in it, to be kept up: statistics and clusters. */
    StatisticsPass statistics(Parameters at) {
        return pass(new RoundOrder("", 0, at, List.of(), Wanted.STATISTICS_AND_CLUSTERS, DescentState.first(true)))
                .statistics;
    }

    @Override
    public ShardSum answer(RoundOrder order) {
        return pass(order).fill(order).withCount(store.size());
    }

    private Segment pass(RoundOrder order) {
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        Parameters point = order.point();
        Require.that(
                point.reward().size() == d && point.rationality().size() == k,
                "asked at dimensions %s and %s, the store has %s and %s",
                point.reward().size(),
                point.rationality().size(),
                d,
                k);
        Segment[] segments = new Segment[segments(d + k)];
        Workers.run(threads, segments.length, i -> segments[i] = sum(order, i, segments.length));
        for (int i = 1; i < segments.length; i++) {
            segments[0].absorb(segments[i]);
        }
        return segments[0];
    }

    private int segments(int p) {
        int most = Math.max(1, Math.min(MOST_SEGMENTS, MOST_SUM_ENTRIES / (p * p)));
        return Math.max(1, Math.min(chunks(), most));
    }

    private int chunks() {
        return (store.slots() + ComparisonStore.CHUNK_SLOTS - 1) / ComparisonStore.CHUNK_SLOTS;
    }

    /** First slot of a segment, which is the first of a chunk. */
    private int bound(int number, int segments) {
        return ComparisonStore.CHUNK_SLOTS * (int) ((long) chunks() * number / segments);
    }

    private Segment sum(RoundOrder order, int number, int segments) {
        int from = bound(number, segments);
        int to = Math.min(store.slots(), bound(number + 1, segments));
        Wanted wanted = order.wanted();
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        int capacity = wanted.moments() || wanted.statistics()
                ? Math.max(LEAST_ROWS, Math.min(STATISTICS_ROWS, STATISTICS_ENTRIES / (d + k)))
                : GRADIENT_ROWS;
        Segment segment = new Segment(
                new MomentPass(d, k, wanted.moments() ? capacity : 0),
                new StatisticsPass(order.point(), order.trials(), capacity, wanted));
        ComparisonStore.Window window = store.window(wanted.precision(), capacity);
        for (int first = from; first < to; ) {
            int leftInChunk = ComparisonStore.CHUNK_SLOTS - (first & (ComparisonStore.CHUNK_SLOTS - 1));
            int count = Math.min(Math.min(capacity, leftInChunk), to - first);
            segment.add(window.at(first, count), wanted.moments());
            first += count;
        }
        return segment;
    }

    /** What one segment sums. */
    private static final class Segment {
        final MomentPass moments;
        final StatisticsPass statistics;

        Segment(MomentPass moments, StatisticsPass statistics) {
            this.moments = moments;
            this.statistics = statistics;
        }

        void add(Rows rows, boolean withMoments) {
            if (withMoments) {
                moments.add(rows, 1);
            }
            statistics.add(rows, 1);
        }

        void absorb(Segment later) {
            moments.absorb(later.moments);
            statistics.absorb(later.statistics);
        }

        ShardSum fill(RoundOrder order) {
            int d = order.point().reward().size();
            int k = order.point().rationality().size();
            ShardSum sum = statistics.fill(ShardSum.zero(d, k, order.trials().size(), order.wanted()));
            return order.wanted().moments() ? moments.fill(sum) : sum;
        }
    }
}
