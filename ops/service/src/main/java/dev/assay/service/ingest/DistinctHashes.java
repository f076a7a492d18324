package dev.assay.service.ingest;

/**
 * Which texts have been before, by hashes of 64 bits: among four million a false repeat has probability below 10^-6. Within
 * a bound: once it is full, what is new is taken for new and not remembered, and {@link #full} says so.
 */
public final class DistinctHashes {
    private static final int MOST = 1 << 22; // 64 MB
    private static final int FIRST = 1 << 10;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int most;
    private long[] slots = new long[FIRST]; // 0: free
    private int count;
    private boolean full;

    DistinctHashes() {
        this(MOST);
    }

    /** @param most so many are remembered */
    public DistinctHashes(int most) {
        this.most = most;
    }

    /** @return whether these parts have not been before, as far as is remembered */
    boolean add(String... parts) {
        return add(hash(parts));
    }

    /** @return the same of a hash of one's own */
    public boolean add(long given) {
        long hash = used(given);
        int slot = slot(slots, hash);
        if (slots[slot] == hash) {
            return false;
        }
        if (count >= most) {
            full = true;
            return true;
        }
        slots[slot] = hash;
        count++;
        if (2 * count > slots.length) {
            grow();
        }
        return true;
    }

    /** @return whether a hash is remembered */
    public boolean has(long given) {
        long hash = used(given);
        return slots[slot(slots, hash)] == hash;
    }

    private static long used(long hash) {
        return hash == 0 ? 1 : hash;
    }

    /** @return how many are remembered */
    public int count() {
        return count;
    }

    /** @return whether there were more than can be remembered */
    boolean full() {
        return full;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    private static int slot(long[] slots, long hash) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** FNV-1a over the characters and the ends of the parts, mixed so that the low bits depend on all. */
    private static long hash(String... parts) {
        long hash = FNV_OFFSET;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ 0x10000) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash;
    }
}
