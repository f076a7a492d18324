package dev.assay.streams.model;

import dev.assay.estimator.algebra.Require;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one shard says of its annotators after a rerun: how many there are, and those whom to look at first.
 *
 * @param model name of the deployment
 * @param shard its number
 * @param epoch of the point at which they were compared with the model
 * @param reportedAt when
 * @param totals of all of them
 * @param first at most 200, in the order of {@link #FIRST}
 */
public record ShardAnnotators(
        String model, int shard, long epoch, Instant reportedAt, Totals totals, List<Annotator> first) {
    /** How many one report names: with ids of the longest kind still a record of ordinary size. */
    public static final int MOST = 200;

    /** Whom to look at first: who judges against the population, who below it, then the least rational. */
    public static final Comparator<Annotator> FIRST = Comparator.comparing(
                    (Annotator one) -> one.negative() ? 0 : one.below() ? 1 : 2)
            .thenComparing(Annotator::shrunkMultiplier)
            .thenComparing(Annotator::annotatorId);

    /**
     * Of all annotators of a shard.
     *
     * @param annotators with at least one judgment, at least 0
     * @param judgments theirs, by weight
     * @param below flagged as less rational than the population
     * @param negative flagged as judging against it
     * @param multiplierVariance v̂ of MODEL (18b); null with fewer than two annotators
     */
    public record Totals(
            long annotators,
            double judgments,
            long below,
            long negative,
            @Nullable Double multiplierVariance) {
        /** @throws IllegalArgumentException naming field, bound and value */
        public Totals {
            Require.that(
                    annotators >= 0 && below >= 0 && negative >= 0,
                    "annotators, below and negative must be at least 0, were %s, %s and %s",
                    annotators,
                    below,
                    negative);
            Require.that(Double.isFinite(judgments), "judgments must be finite, were %s", judgments);
            Require.that(
                    multiplierVariance == null || multiplierVariance >= 0,
                    "multiplierVariance must be at least 0, was %s",
                    multiplierVariance);
        }
    }

    /**
     * One annotator against the model of annotators alike.
     *
     * @param annotatorId as in the judgments
     * @param judgments by weight
     * @param multiplier of the rationality, 1 for the population
     * @param standardError of the multiplier; +∞ where nothing is known
     * @param shrunkMultiplier the guess with the least expected error
     * @param below flagged as less rational than the population
     * @param negative flagged as judging against it
     */
    public record Annotator(
            String annotatorId,
            double judgments,
            double multiplier,
            double standardError,
            double shrunkMultiplier,
            boolean below,
            boolean negative) {
        /** @throws IllegalArgumentException naming field, bound and value */
        public Annotator {
            Require.that(Double.isFinite(multiplier), "multiplier must be finite, was %s", multiplier);
            Require.that(standardError >= 0, "standardError must be at least 0, was %s", standardError);
            Require.that(
                    Double.isFinite(shrunkMultiplier), "shrunkMultiplier must be finite, was %s", shrunkMultiplier);
        }
    }

    /** @throws IllegalArgumentException naming field, bound and value */
    public ShardAnnotators {
        first = List.copyOf(first);
        Require.that(shard >= 0, "shard must be at least 0, was %s", shard);
        Require.that(first.size() <= MOST, "annotators named must be at most %s, were %s", MOST, first.size());
    }
}
