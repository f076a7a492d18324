package dev.assay.estimator.columns;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.PlackettLuce;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live rankings of one shard in float32, found by a 128-bit key: at most 4·(K·(d + 1) + k) + 64 bytes one of K responses,
 * free slots apart. Rankings of one K lie together in the columns that pairs have, ranks and features in the place of the
 * difference; they are read in ascending K and then in slot order. Not safe for changes by several threads at once.
 */
public final class RankingStore {
    private static final int CHUNK_FLOATS = 1 << 16; // a single ranking must not take megabytes

    private final int rewardDimension;
    private final int rationalityDimension;
    private final NavigableMap<Integer, FloatComparisonStore> byResponses = new TreeMap<>();

    public RankingStore(int rewardDimension, int rationalityDimension) {
        ComparisonStore.requireDimensions(rewardDimension, rationalityDimension);
        this.rewardDimension = rewardDimension;
        this.rationalityDimension = rationalityDimension;
    }

    /**
     * Inserts the ranking of that key, or replaces it.
     *
     * @param cluster  number of the annotator, at least 0, or -1 for a ranking that is its own cluster
     * @param ranks    of each of K responses, 1 to K, 1 the best, equal ranks a tie
     * @param features φ of each response, row-major K × d
     * @return true if the key is new, false if its ranking was replaced
     * @throws IllegalArgumentException if a number is not finite or out of its range; the store is then unchanged
     */
    public boolean upsert(
            long keyHigh,
            long keyLow,
            int cluster,
            float offset,
            float weight,
            float[] context,
            int[] ranks,
            float[] features) {
        int responses = ranks.length;
        Require.that(
                responses >= PlackettLuce.FEWEST_RESPONSES && responses <= PlackettLuce.MOST_RESPONSES,
                "responses must be %s to %s, were %s",
                PlackettLuce.FEWEST_RESPONSES,
                PlackettLuce.MOST_RESPONSES,
                responses);
        Require.that(
                features.length == responses * rewardDimension,
                "features must have size %s, had %s",
                responses * rewardDimension,
                features.length);
        float[] numbers = new float[RankingBlock.width(responses, rewardDimension)];
        for (int i = 0; i < responses; i++) {
            Require.that(ranks[i] >= 1 && ranks[i] <= responses, "a rank must be 1 to %s, was %s", responses, ranks[i]);
            numbers[i] = ranks[i];
        }
        System.arraycopy(features, 0, numbers, responses, features.length);
        FloatComparisonStore known = holding(keyHigh, keyLow);
        FloatComparisonStore columns = byResponses.computeIfAbsent(responses, this::columns);
        boolean unseen = columns.upsert(keyHigh, keyLow, cluster, offset, weight, 0, context, numbers);
        if (known != null && known != columns) {
            known.remove(keyHigh, keyLow);
        }
        return unseen && known == null;
    }

    private FloatComparisonStore columns(int responses) {
        int width = RankingBlock.width(responses, rewardDimension);
        int slots = Math.max(1, CHUNK_FLOATS / Rows.stride(width, rationalityDimension));
        int bits = Math.min(ComparisonStore.CHUNK_BITS, 31 - Integer.numberOfLeadingZeros(slots));
        return new FloatComparisonStore(width, rationalityDimension, bits);
    }

    private @Nullable FloatComparisonStore holding(long keyHigh, long keyLow) {
        for (FloatComparisonStore columns : byResponses.values()) {
            if (columns.contains(keyHigh, keyLow)) {
                return columns;
            }
        }
        return null;
    }

    /** @return true if the key was there */
    public boolean remove(long keyHigh, long keyLow) {
        FloatComparisonStore columns = holding(keyHigh, keyLow);
        return columns != null && columns.remove(keyHigh, keyLow);
    }

    /**
     * Takes out all rankings of an annotator.
     *
     * @param cluster number of the annotator, at least 0
     * @param leaving shown the rankings, block by block, each before they are gone. The block is filled again after the call
     * @return rankings taken out
     */
    public int removeCluster(int cluster, Consumer<RankingBlock> leaving) {
        int removed = 0;
        for (var entry : byResponses.entrySet()) {
            removed += entry.getValue().removeCluster(cluster, rows -> leaving.accept(block(rows, entry.getKey())));
        }
        return removed;
    }

    public boolean contains(long keyHigh, long keyLow) {
        return holding(keyHigh, keyLow) != null;
    }

    /** The ranking of that key as a block of one row: what a retraction must subtract. */
    public Optional<RankingBlock> read(long keyHigh, long keyLow) {
        for (var entry : byResponses.entrySet()) {
            if (entry.getValue().contains(keyHigh, keyLow)) {
                ComparisonBlock row = new ComparisonBlock(1, entry.getValue().rewardDimension(), rationalityDimension);
                entry.getValue().read(keyHigh, keyLow, row);
                return Optional.of(block(row, entry.getKey()));
            }
        }
        return Optional.empty();
    }

    /** Shows all rankings, block by block; the block is filled again after the call. */
    public void forEach(Consumer<RankingBlock> each) {
        forEach(0, 1, each);
    }

    /** Shows part {@code part} of {@code parts}: of every K the slots in that stretch. */
    public void forEach(int part, int parts, Consumer<RankingBlock> each) {
        for (var entry : byResponses.entrySet()) {
            FloatComparisonStore columns = entry.getValue();
            int from = (int) ((long) columns.slots() * part / parts);
            int to = (int) ((long) columns.slots() * (part + 1) / parts);
            ComparisonBlock rows = columns.newBlock();
            RankingBlock block = block(rows, entry.getKey());
            for (int slot = from; slot < to; ) {
                slot = columns.read(slot, to, rows);
                if (rows.rows() > 0) {
                    each.accept(block);
                }
            }
        }
    }

    private RankingBlock block(ComparisonBlock rows, int responses) {
        return new RankingBlock(rows, responses, rewardDimension, rationalityDimension);
    }

    public void clear() {
        byResponses.clear();
    }

    /** d. */
    public int rewardDimension() {
        return rewardDimension;
    }

    /** k, may be 0. */
    public int rationalityDimension() {
        return rationalityDimension;
    }

    /** Rankings held. */
    public long size() {
        return byResponses.values().stream()
                .mapToLong(FloatComparisonStore::size)
                .sum();
    }

    /** Slots in use or free. */
    public int slots() {
        return byResponses.values().stream()
                .mapToInt(FloatComparisonStore::slots)
                .sum();
    }

    /** Bytes of the arrays held, free slots included. */
    public long bytes() {
        return byResponses.values().stream()
                .mapToLong(FloatComparisonStore::bytes)
                .sum();
    }
}
