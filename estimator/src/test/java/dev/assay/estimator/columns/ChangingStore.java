package dev.assay.estimator.columns;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A store whose judgments arrive, change, leave one by one and leave with their annotator, told to who keeps a sum. */
public final class ChangingStore {
    public static final int ANNOTATORS = 40;
    private static final int KEYS = 600;

    public final FloatComparisonStore store;
    private final SplittableRandom random;
    private final int d;
    private final int k;
    private final ComparisonBlock block;

    public ChangingStore(long seed, int rewardDimension, int rationalityDimension) {
        random = new SplittableRandom(seed);
        d = rewardDimension;
        k = rationalityDimension;
        store = new FloatComparisonStore(d, k);
        block = new ComparisonBlock(1, d, k);
        // A row that counts nothing but is so large that every pass over the store is in float64: with sums in float32
        // there would be no equality to speak of.
        float[] large = vector(d);
        large[0] = 1e10f;
        store.upsert(-1, -1, 0, 1, 0, 1, vector(k), large);
    }

    public void change(int times, Consumer<ComparisonBlock> entering, Consumer<ComparisonBlock> leaving) {
        for (int i = 0; i < times; i++) {
            int what = random.nextInt(1000);
            if (what < 5) {
                store.removeCluster(1 + random.nextInt(ANNOTATORS - 1), leaving);
                continue;
            }
            long key = random.nextInt(KEYS);
            if (store.read(key, key, block)) {
                leaving.accept(block);
            }
            if (what < 300) {
                store.remove(key, key);
            } else {
                // A third of them belongs to no annotator.
                int cluster = Math.max(-1, random.nextInt(-ANNOTATORS / 2, ANNOTATORS));
                float weight = random.nextInt(3);
                float preference = random.nextInt(3) / 2f;
                store.upsert(key, key, cluster, 1, weight, preference, vector(k), vector(d));
                store.read(key, key, block);
                entering.accept(block);
            }
        }
    }

    /** Lets all that happens be told to what is kept up, which is asked between, and a little more. */
    public void follow(RunningRows running, int times, Runnable asking) {
        for (int i = 0; i < times; i++) {
            change(300, running::add, running::subtract);
            asking.run();
        }
        change(30, running::add, running::subtract);
    }

    private float[] vector(int size) {
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}
