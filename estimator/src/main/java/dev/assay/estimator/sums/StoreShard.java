package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.columns.Rows;

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

    private static final int SEGMENT_RANKINGS = 256; // fewer are not worth a thread

    private final ComparisonStore store;
    private final RankingStore rankings;
    private final int threads;

    public StoreShard(ComparisonStore store) {
        this(store, 1);
    }

    /** @param threads at least 1; the sums do not depend on it */
    public StoreShard(ComparisonStore store, int threads) {
        this(store, new RankingStore(store.rewardDimension(), store.rationalityDimension()), threads);
    }

    /**
     * Over pairs and rankings with the same numbers for the same annotators.
     *
     * @param threads at least 1; the sums do not depend on it
     */
    public StoreShard(ComparisonStore store, RankingStore rankings, int threads) {
        Require.that(threads >= 1, "threads must be at least 1, was %s", threads);
        Require.that(
                rankings.rewardDimension() == store.rewardDimension()
                        && rankings.rationalityDimension() == store.rationalityDimension(),
                "rankings of dimensions %s and %s, pairs of %s and %s",
                rankings.rewardDimension(),
                rankings.rationalityDimension(),
                store.rewardDimension(),
                store.rationalityDimension());
        this.store = store;
        this.rankings = rankings;
        this.threads = threads;
    }

    /** A pass at the point with all rows in it, to be kept up: statistics and clusters. */
    StatisticsPass statistics(Parameters at) {
        return pass(new Question(at, Wanted.STATISTICS_AND_CLUSTERS)).statistics;
    }

    @Override
    public Answer answer(Question question) {
        return pass(question).answer(question, store.size() + rankings.size());
    }

    private Segment pass(Question question) {
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        Parameters point = question.point();
        Require.that(
                point.reward().size() == d && point.rationality().size() == k,
                "asked at dimensions %s and %s, the store has %s and %s",
                point.reward().size(),
                point.rationality().size(),
                d,
                k);
        int ofPairs = segments(d + k);
        int ofRankings = rankingSegments(d + k);
        Segment[] segments = new Segment[ofPairs + ofRankings];
        Workers.run(
                threads,
                segments.length,
                i -> segments[i] =
                        i < ofPairs ? sum(question, i, ofPairs) : sumOfRankings(question, i - ofPairs, ofRankings));
        for (int i = 1; i < segments.length; i++) {
            segments[0].absorb(segments[i]);
        }
        return segments[0];
    }

    private int segments(int p) {
        return Math.max(1, Math.min(chunks(), mostSegments(p)));
    }

    private int rankingSegments(int p) {
        return Math.min((rankings.slots() + SEGMENT_RANKINGS - 1) / SEGMENT_RANKINGS, mostSegments(p));
    }

    private static int mostSegments(int p) {
        return Math.max(1, Math.min(MOST_SEGMENTS, MOST_SUM_ENTRIES / (p * p)));
    }

    private int chunks() {
        return (store.slots() + ComparisonStore.CHUNK_SLOTS - 1) / ComparisonStore.CHUNK_SLOTS;
    }

    /** First slot of a segment, which is the first of a chunk. */
    private int bound(int number, int segments) {
        return ComparisonStore.CHUNK_SLOTS * (int) ((long) chunks() * number / segments);
    }

    private Segment sum(Question question, int number, int segments) {
        int from = bound(number, segments);
        int to = Math.min(store.slots(), bound(number + 1, segments));
        Wanted wanted = question.wanted();
        int d = store.rewardDimension();
        int k = store.rationalityDimension();
        int capacity = wanted.moments() || wanted.statistics()
                ? Math.max(LEAST_ROWS, Math.min(STATISTICS_ROWS, STATISTICS_ENTRIES / (d + k)))
                : GRADIENT_ROWS;
        Segment segment = segment(question, capacity);
        ComparisonStore.Window window = store.window(wanted.precision(), capacity);
        for (int first = from; first < to; ) {
            int leftInChunk = ComparisonStore.CHUNK_SLOTS - (first & (ComparisonStore.CHUNK_SLOTS - 1));
            int count = Math.min(Math.min(capacity, leftInChunk), to - first);
            segment.add(window.at(first, count), wanted.moments());
            first += count;
        }
        return segment;
    }

    private Segment sumOfRankings(Question question, int number, int segments) {
        Segment segment = segment(question, 0);
        rankings.forEach(
                number, segments, block -> segment.add(block, question.wanted().moments()));
        return segment;
    }

    private Segment segment(Question question, int capacity) {
        return new Segment(
                new MomentPass(
                        store.rewardDimension(),
                        store.rationalityDimension(),
                        question.wanted().moments() ? capacity : 0),
                new StatisticsPass(question, capacity));
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

        void add(RankingBlock block, boolean withMoments) {
            if (withMoments) {
                moments.add(block, 1);
            }
            statistics.add(block, 1);
        }

        void absorb(Segment later) {
            moments.absorb(later.moments);
            statistics.absorb(later.statistics);
        }

        Answer answer(Question question, long rows) {
            Answer sum = statistics.answer(rows);
            return question.wanted().moments()
                    ? new Answer(
                            rows,
                            sum.weight(),
                            sum.hasStatistics() ? sum.statistics() : null,
                            moments.sums(),
                            sum.trials())
                    : sum;
        }
    }
}
