package dev.assay.estimator.sums;

import org.jspecify.annotations.Nullable;

/**
 * What a shard answers: sums over its comparisons, a commutative monoid under {@link #plus} for one question. Parts that were
 * not asked for are not there, and whoever reads one all the same is told so.
 *
 * @param count      rows
 * @param weight     Σw
 * @param statistics sums at the point
 * @param moments    whatever the point
 * @param trials     at the trial points
 */
public record Answer(
        long count,
        double weight,
        @Nullable Statistics statistics,
        @Nullable Moments moments,
        Trials trials) {

    /** What is kept of statistics without the rest of an answer. */
    public Answer(long count, double weight, Statistics statistics) {
        this(count, weight, statistics, null, Trials.NONE);
    }

    /** @throws IllegalStateException if they were not asked for */
    @Override
    public Statistics statistics() {
        if (statistics == null) {
            throw new IllegalStateException("statistics were not asked for");
        }
        return statistics;
    }

    /** @throws IllegalStateException if they were not asked for */
    @Override
    public Moments moments() {
        if (moments == null) {
            throw new IllegalStateException("moments were not asked for");
        }
        return moments;
    }

    public boolean hasStatistics() {
        return statistics != null;
    }

    public boolean hasMoments() {
        return moments != null;
    }

    /** @throws IllegalArgumentException if the two answer different questions */
    public Answer plus(Answer other) {
        if (hasStatistics() != other.hasStatistics() || hasMoments() != other.hasMoments()) {
            throw new IllegalArgumentException("answers to different questions");
        }
        return new Answer(
                count + other.count,
                weight + other.weight,
                statistics == null ? null : statistics.plus(other.statistics()),
                moments == null ? null : moments.plus(other.moments()),
                trials.plus(other.trials));
    }

    /** The moments alone: the answer to {@link Wanted#MOMENTS} over the same rows. */
    public Answer momentsAlone() {
        return new Answer(count, weight, null, moments(), Trials.NONE);
    }

    /** The statistics alone, without moments and trials. */
    public Answer statisticsAlone() {
        return new Answer(count, weight, statistics());
    }

    /** These statistics with the moments of another sum over the same rows. */
    public Answer withMomentsOf(Answer other) {
        return new Answer(count, weight, statistics, other.moments(), trials);
    }

    /** The same with other statistics. */
    public Answer with(Statistics other) {
        return new Answer(count, weight, other, moments, trials);
    }
}
