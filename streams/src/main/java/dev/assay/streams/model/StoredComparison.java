package dev.assay.streams.model;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.PlackettLuce;
import java.util.List;

/**
 * One admitted judgment in numbers, with what is needed to encode it again.
 *
 * @param promptId identity of the prompt
 * @param responses the K responses with their features
 * @param ranking rank of each response: 1 the best, equal ranks a tie
 * @param weight frequency weight
 * @param featureSpace id of the feature space
 * @param context the context in numbers
 * @param occasion how it came about, with the context as it came
 */
public record StoredComparison(
        String promptId,
        List<ComparedResponse> responses,
        List<Integer> ranking,
        double weight,
        String featureSpace,
        EncodedContext context,
        Occasion occasion) {
    /** Largest frequency weight. Weights are kept as float32, which holds whole numbers exactly up to 2^24. */
    public static final double MAX_WEIGHT = 1 << 24;

    /**
     * Largest feature difference from the first response, or context feature, in the units of its space. One number of 1e30
     * would be finite, and would drown all others in every sum it enters.
     */
    public static final float MAX_MAGNITUDE = 1e6f;

    /**
     * A context in numbers.
     *
     * @param spec id of the context spec
     * @param offset ψ₀
     * @param features ψ, dimension k
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
    public record EncodedContext(String spec, float offset, float[] features) {}

    /**
     * As every comparison is that was admitted; one that was read may be anybody's.
     *
     * @throws IllegalArgumentException naming field, bound and value
     */
    public void requireSound() {
        int count = responses.size();
        Require.that(
                count >= PlackettLuce.FEWEST_RESPONSES && count <= PlackettLuce.MOST_RESPONSES,
                "responses must be %s to %s, were %s",
                PlackettLuce.FEWEST_RESPONSES,
                PlackettLuce.MOST_RESPONSES,
                count);
        Require.that(ranking.size() == count, "ranking must have %s ranks, had %s", count, ranking.size());
        for (int rank : ranking) {
            Require.that(rank >= 1 && rank <= count, "a rank must be 1 to %s, was %s", count, rank);
        }
        Require.that(ranking.contains(1), "some response must have rank 1, ranking was %s", ranking);
        Require.that(weight >= 0 && weight <= MAX_WEIGHT, "weight must be 0 to %s, was %s", MAX_WEIGHT, weight);
        Require.that(
                Math.abs(context.offset()) <= MAX_MAGNITUDE,
                "offset must be within ±%s, was %s",
                MAX_MAGNITUDE,
                context.offset());
        float[] psi = context.features();
        for (int j = 0; j < psi.length; j++) {
            requireWithin(psi[j], MAX_MAGNITUDE, "context feature", j);
        }
        float[] first = responses.get(0).features();
        for (ComparedResponse response : responses) {
            float[] features = response.features();
            Require.that(
                    features.length == first.length,
                    "responses must have features of one dimension, had %s and %s",
                    first.length,
                    features.length);
            for (int j = 0; j < features.length; j++) {
                requireWithin(features[j], (float) Comparison.LARGEST, "feature", j);
                requireWithin(first[j] - features[j], MAX_MAGNITUDE, "the difference of feature", j);
            }
        }
    }

    /** Of every number of every comparison that is read: says nothing in advance. */
    private static void requireWithin(float value, float most, String what, int index) {
        if (!(Math.abs(value) <= most)) { // true for NaN too
            throw new IllegalArgumentException(what + " " + index + " must be within ±" + most + ", was " + value);
        }
    }

    /** Whether two responses were compared; else more, and {@link #features} and {@link #ranks} say all. */
    public boolean isPair() {
        return responses.size() == 2;
    }

    /** Features of all responses, row-major K × d. */
    public float[] features() {
        int d = responses.get(0).features().length;
        float[] features = new float[responses.size() * d];
        for (int i = 0; i < responses.size(); i++) {
            System.arraycopy(responses.get(i).features(), 0, features, i * d, d);
        }
        return features;
    }

    /** Rank of each response, 1 the best. */
    public int[] ranks() {
        return ranking.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Feature difference z of a pair: features of the first less those of the second, in float32.
     *
     * @throws IllegalStateException if this is no pair
     */
    public float[] difference() {
        requirePair();
        return difference(0, 1);
    }

    /** Features of one response less those of another, in float32. */
    public float[] difference(int one, int other) {
        float[] first = responses.get(one).features();
        float[] second = responses.get(other).features();
        float[] difference = new float[first.length];
        for (int j = 0; j < difference.length; j++) {
            difference[j] = first[j] - second[j];
        }
        return difference;
    }

    /**
     * The preference y of a pair: 1 the first response preferred, 0 the second, ½ a tie.
     *
     * @throws IllegalStateException if this is no pair
     */
    public float preference() {
        requirePair();
        int order = Integer.compare(ranking.get(0), ranking.get(1)); // below 0: the first has the better rank
        return order < 0 ? 1 : order > 0 ? 0 : 0.5f;
    }

    private void requirePair() {
        if (!isPair()) {
            throw new IllegalStateException("a pair has 2 responses, this comparison has " + responses.size());
        }
    }
}
