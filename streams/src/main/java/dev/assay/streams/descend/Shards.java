package dev.assay.streams.descend;

import dev.assay.estimator.sums.Answer;
import dev.assay.streams.model.ShardReport;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of every shard: how much it holds, how far it has read, its statistics at the point of linearisation. */
final class Shards {
    private final boolean[] known;
    private final long[] judgments;
    private final Long[] offsets;
    private final @Nullable Answer[] updates;
    private final Long[] updateOffsets;
    private final @Nullable Answer[] moments;
    private final long[] behindSince; // milliseconds; negative: is not
    private final BitSet fresh = new BitSet(); // shards with an update that was not asked for yet

    Shards(int count) {
        known = new boolean[count];
        judgments = new long[count];
        offsets = new Long[count];
        Arrays.fill(offsets, 0L);
        updates = new @Nullable Answer[count];
        updateOffsets = offsets.clone();
        moments = new @Nullable Answer[count];
        behindSince = new long[count];
        Arrays.fill(behindSince, -1);
    }

    int count() {
        return known.length;
    }

    void holds(ShardReport report, long count, long nowMillis) {
        int shard = report.shard();
        known[shard] = true;
        judgments[shard] = count;
        offsets[shard] = report.coveredOffset();
        if (offsets[shard] <= updateOffsets[shard]) {
            behindSince[shard] = -1;
        } else if (behindSince[shard] < 0) {
            behindSince[shard] = nowMillis;
        }
    }

    /** Whether some shard has read on for so long without an update at this point: it may not know the point. */
    boolean isSomeBehind(long nowMillis, long patienceMillis) {
        return Arrays.stream(behindSince).anyMatch(since -> since >= 0 && nowMillis - since >= patienceMillis);
    }

    /** Takes an update in; moments come along only where an order was answered. */
    void update(ShardReport.Update update) {
        Answer sum = update.answer();
        if (sum.hasMoments()) {
            moments[update.shard()] = sum.momentsAlone();
        }
        updates[update.shard()] = sum.statisticsAlone();
        updateOffsets[update.shard()] = update.coveredOffset();
        behindSince[update.shard()] = -1;
        fresh.set(update.shard());
    }

    /** What was known at another point, or of rows that left, counts no more. */
    void forgetUpdate(int shard) {
        updates[shard] = null;
    }

    void forgetUpdates() {
        Arrays.fill(updates, null);
        Arrays.fill(moments, null);
    }

    /** Whether every shard has reported. */
    boolean allKnown() {
        for (boolean each : known) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    long judgments() {
        return Arrays.stream(judgments).sum();
    }

    /** How far each has read, as last heard. */
    List<Long> offsets() {
        return List.of(offsets);
    }

    /** How far {@link #sum} covers each. */
    List<Long> updateOffsets() {
        return List.of(updateOffsets);
    }

    /** Whether every shard has told something since {@link #sum} was last taken for an update. */
    boolean allFresh() {
        return fresh.cardinality() == count();
    }

    void taken() {
        fresh.clear();
    }

    /** The statistics added in ascending shard number, so that every run gives the same bits; empty while one is missing. */
    Optional<Answer> sum() {
        return total(updates);
    }

    Optional<Answer> moments() {
        return total(moments);
    }

    private static Optional<Answer> total(@Nullable Answer[] sums) {
        return Arrays.stream(sums).anyMatch(Objects::isNull)
                ? Optional.empty()
                : Stream.of(sums).map(Objects::requireNonNull).reduce(Answer::plus);
    }
}
