package dev.assay.lab.chaos;

import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Annotators and prompts of one run, drawn from a seed, and what the annotators say by MODEL (1). */
final class ChaosCampaign {
    /** d: responses are vectors of this size. */
    static final int REWARD_DIMENSION = 4;

    private static final double[] REWARD = {0.8, -0.5, 0.3, 0.0};
    private static final double EXPERIENCE_EFFECT = 0.5;
    private static final double FATIGUE_EFFECT = -0.4;
    private static final double TIES = 0.08;
    private static final double[] WEIGHTS = {1, 1, 1, 1, 2, 0.5};

    private final SplittableRandom random;
    private final double[] experience;
    private final Map<String, Integer> judgmentsBy = new HashMap<>();

    /** @param least annotators there must be */
    ChaosCampaign(SplittableRandom random, int least) {
        this.random = random;
        experience = random.doubles(Math.max(least, random.nextInt(20, 61))).toArray();
    }

    int annotators() {
        return experience.length;
    }

    static String annotatorId(int annotator) {
        return "annotator-" + annotator;
    }

    /** A judgment that was not there before; one in ten is of nobody known. */
    Judgment next() {
        int annotator = random.nextInt(annotators());
        String annotatorId = random.nextInt(10) == 0 ? null : annotatorId(annotator);
        // Numbers are the annotator's own, so that different annotators have judgments of the same id.
        int number = judgmentsBy.merge(annotatorId == null ? "" : annotatorId, 1, Integer::sum);
        return judgment((annotatorId == null ? "n" : "j") + number, annotatorId, experience[annotator]);
    }

    /** The same judgment anew: the annotator has thought again, of other responses even. */
    Judgment again(Judgment before) {
        Object known = before.occasion().context().get("experience");
        return judgment(before.judgmentId(), before.annotatorId(), known instanceof Double number ? number : 0);
    }

    private Judgment judgment(String judgmentId, @Nullable String annotatorId, double experienceOfAnnotator) {
        float[] first = features();
        float[] second = features();
        double fatigue = random.nextDouble();
        double rationality = 1 + EXPERIENCE_EFFECT * experienceOfAnnotator + FATIGUE_EFFECT * fatigue;
        double margin = 0;
        for (int j = 0; j < REWARD_DIMENSION; j++) {
            margin += rationality * REWARD[j] * (first[j] - second[j]);
        }
        return new Judgment(
                judgmentId,
                annotatorId,
                "p" + random.nextInt(100),
                List.of(new JudgedResponse("a", null, null, first), new JudgedResponse("b", null, null, second)),
                ranking(1 / (1 + Math.exp(-margin))),
                WEIGHTS[random.nextInt(WEIGHTS.length)],
                null,
                new Occasion(
                        Map.of("experience", experienceOfAnnotator, "fatigue", fatigue),
                        WildTimes.sometimes(random).map(Instant::ofEpochMilli).orElse(null),
                        null,
                        null,
                        "chaos"));
    }

    private List<Integer> ranking(double probabilityOfFirst) {
        if (random.nextDouble() < TIES) {
            return List.of(1, 1);
        }
        return random.nextDouble() < probabilityOfFirst ? List.of(1, 2) : List.of(2, 1);
    }

    private float[] features() {
        float[] features = new float[REWARD_DIMENSION];
        for (int j = 0; j < features.length; j++) {
            features[j] = (float) random.nextGaussian();
        }
        return features;
    }
}
