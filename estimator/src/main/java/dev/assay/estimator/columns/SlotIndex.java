package dev.assay.estimator.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the slot of a 128-bit key without an object per key: open addressing with linear probing over slot numbers; the
 * keys themselves are kept by slot, in chunks. About 16 + 4/load bytes a key, load between 0.35 and 0.7.
 */
final class SlotIndex {
    private static final int CHUNK_BITS = ComparisonStore.CHUNK_BITS;
    private static final int EMPTY = -1;
    private static final int FEWEST = 64;
    private static final double FULLEST = 0.7;

    private final List<long[]> keys = new ArrayList<>(); // high and low word of each slot's key, side by side
    private int[] buckets = newBuckets(FEWEST);
    private int size;

    /** The slot of the key, or -1. */
    int find(long high, long low) {
        int bucket = bucketOf(high, low);
        return buckets[bucket];
    }

    /** Notes a key that is not there yet. */
    void insert(long high, long low, int slot) {
        if (size + 1 > FULLEST * buckets.length) {
            grow();
        }
        while (slot >> CHUNK_BITS >= keys.size()) {
            keys.add(new long[2 << CHUNK_BITS]);
        }
        long[] chunk = keys.get(slot >> CHUNK_BITS);
        chunk[place(slot)] = high;
        chunk[place(slot) + 1] = low;
        buckets[bucketOf(high, low)] = slot;
        size++;
    }

    /** Forgets the key; its slot, or -1 if it was not there. */
    int remove(long high, long low) {
        int hole = bucketOf(high, low);
        int slot = buckets[hole];
        if (slot == EMPTY) {
            return EMPTY;
        }
        // Closing the gap instead of leaving a mark: whoever was pushed past the hole moves back into it, so that
        // searches never get longer however often keys come and go.
        int mask = buckets.length - 1;
        int next = (hole + 1) & mask;
        while (buckets[next] != EMPTY) {
            int home = home(high(buckets[next]), low(buckets[next]));
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                buckets[hole] = buckets[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        buckets[hole] = EMPTY;
        size--;
        return slot;
    }

    /** Forgets the key of a slot that has one. */
    void remove(int slot) {
        remove(high(slot), low(slot));
    }

    /** The key of one slot becomes that of another; nothing can be found until {@link #shrinkTo} was called. */
    void move(int from, int to) {
        long[] chunk = keys.get(to >> CHUNK_BITS);
        chunk[place(to)] = high(from);
        chunk[place(to) + 1] = low(from);
    }

    /** Starts afresh with the keys of slots {@code 0 .. end-1}, each of which has one. */
    void shrinkTo(int end) {
        keys.subList((end + (1 << CHUNK_BITS) - 1) >> CHUNK_BITS, keys.size()).clear();
        int count = FEWEST;
        while (end > FULLEST * count) {
            count *= 2;
        }
        buckets = newBuckets(count);
        for (int slot = 0; slot < end; slot++) {
            buckets[bucketOf(high(slot), low(slot))] = slot;
        }
        size = end;
    }

    long bytes() {
        return 4L * buckets.length + (long) keys.size() * (16L << CHUNK_BITS);
    }

    /** The bucket that holds the key, or the empty one where it would go. */
    private int bucketOf(long high, long low) {
        int mask = buckets.length - 1;
        int bucket = home(high, low);
        while (buckets[bucket] != EMPTY && (low(buckets[bucket]) != low || high(buckets[bucket]) != high)) {
            bucket = (bucket + 1) & mask;
        }
        return bucket;
    }

    private void grow() {
        int[] old = buckets;
        buckets = newBuckets(2 * old.length);
        for (int slot : old) {
            if (slot != EMPTY) {
                buckets[bucketOf(high(slot), low(slot))] = slot;
            }
        }
    }

    private int home(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 31)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (buckets.length - 1);
    }

    private long high(int slot) {
        return keys.get(slot >> CHUNK_BITS)[place(slot)];
    }

    private long low(int slot) {
        return keys.get(slot >> CHUNK_BITS)[place(slot) + 1];
    }

    private static int place(int slot) {
        return 2 * (slot & ((1 << CHUNK_BITS) - 1));
    }

    private static int[] newBuckets(int count) {
        int[] buckets = new int[count];
        Arrays.fill(buckets, EMPTY);
        return buckets;
    }
}
