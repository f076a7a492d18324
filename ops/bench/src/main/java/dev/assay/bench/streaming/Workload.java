package dev.assay.bench.streaming;

import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.StoredComparison;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded judgments of 2,000 annotators that follow MODEL (1) with known parameters; each can be drawn by itself. */
final class Workload {
    private static final int ANNOTATORS = 2_000;
    private static final double DIFFERENCE_VARIANCE = 2.0 / 3; // of two uniform numbers in [-1, 1]
    private static final double REWARD_SPREAD = 1.5; // of the reward difference
    private static final double RATIONALITY_SPREAD = 0.3;

    private final long seed;
    private final double[] reward;
    private final double[] rationality;

    Workload(long seed, int d, int k) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        reward = signs(random, d, REWARD_SPREAD / Math.sqrt(d * DIFFERENCE_VARIANCE));
        rationality = signs(random, k, RATIONALITY_SPREAD / Math.sqrt(k / 3.0));
    }

    private static double[] signs(SplittableRandom random, int size, double magnitude) {
        return random.ints(size, 0, 2)
                .mapToDouble(bit -> bit == 0 ? -magnitude : magnitude)
                .toArray();
    }

    /** Judgment number {@code i}, whose id is {@code j} and the number. */
    Judgment judgment(int i) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E37_79B9_7F4A_7C15L * (i + 1));
        float[] first = new float[reward.length];
        float[] second = new float[reward.length];
        double difference = 0;
        for (int j = 0; j < reward.length; j++) {
            first[j] = (float) (2 * random.nextDouble() - 1);
            second[j] = (float) (2 * random.nextDouble() - 1);
            difference += reward[j] * (first[j] - second[j]);
        }
        Map<String, Object> context = new HashMap<>();
        double sharpness = 1;
        for (int j = 0; j < rationality.length; j++) {
            double value = 2 * random.nextDouble() - 1;
            context.put("c" + j, value);
            sharpness += rationality[j] * value;
        }
        boolean firstPreferred = random.nextDouble() < 1 / (1 + Math.exp(-sharpness * difference));
        return new Judgment(
                "j" + i,
                "annotator-" + random.nextInt(ANNOTATORS),
                "prompt-" + i,
                List.of(
                        new JudgedResponse("response-" + i + "-0", null, null, first),
                        new JudgedResponse("response-" + i + "-1", null, null, second)),
                firstPreferred ? List.of(1, 2) : List.of(2, 1),
                1,
                null,
                Occasion.of(context, "bench"));
    }

    /**
     * What admission made of judgment number {@code i}, as a shard holds it.
     *
     * @param annotator number, from 0
     */
    static void hold(FloatComparisonStore store, int i, int annotator, StoredComparison comparison) {
        store.upsert(
                0,
                i,
                annotator,
                comparison.context().offset(),
                (float) comparison.weight(),
                comparison.preference(),
                comparison.context().features(),
                comparison.difference());
    }

    /** The number in a judgment's id. */
    static int number(String judgmentId) {
        return Integer.parseInt(judgmentId, 1, judgmentId.length(), 10);
    }
}
