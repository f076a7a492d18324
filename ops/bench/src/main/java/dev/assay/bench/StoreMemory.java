package dev.assay.bench;

import dev.assay.estimator.columns.FloatComparisonStore;
import java.util.Locale;

/** What does a judgment cost in memory? The heap before and after a million of them: {@code ops/bench/run StoreMemory 128 16}. */
public final class StoreMemory {
    private static final int ROWS = 1_000_000;

    private StoreMemory() {}

    /** @param args d and k */
    public static void main(String[] args) {
        int d = Integer.parseInt(args[0]);
        int k = Integer.parseInt(args[1]);
        long before = used();
        FloatComparisonStore store = new FloatComparisonStore(d, k);
        for (int i = 0; i < ROWS; i++) {
            store.upsert(i * 0x9E3779B97F4A7C15L, i, i % 5000, 1, 1, 1, new float[k], new float[d]);
        }
        double bytes = (double) (used() - before) / store.size();
        System.out.printf(
                Locale.ROOT,
                "d = %d, k = %d, %d judgments: %.1f bytes each on the heap, %.1f by the store's own count; budget %d%n",
                d,
                k,
                store.size(),
                bytes,
                (double) store.bytes() / store.size(),
                4 * (d + k) + 64);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
