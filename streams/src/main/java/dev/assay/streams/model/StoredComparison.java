package dev.assay.streams.model;

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

    /**
     * A context in numbers.
     *
     * @param spec id of the context spec
     * @param offset ψ₀
     * @param features ψ, dimension k
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares features; a list would box every number.
    public record EncodedContext(String spec, float offset, float[] features) {}

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
