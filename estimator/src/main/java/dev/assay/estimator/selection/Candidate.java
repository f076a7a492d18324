package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the N responses of a request.
 *
 * @param index  place in the request, from 0
 * @param reward its reward with bounds
 */
public record Candidate(int index, Interval reward) {
    /**
     * All responses with their bounds.
     *
     * @param responses features φ, each of size d
     */
    public static List<Candidate> all(List<Vector> responses, Inference inference) {
        return all(responses, inference, Centring.FEATURE_SPACE);
    }

    /**
     * All responses with their bounds, counted from where the centring says.
     *
     * @param responses features φ, each of size d
     */
    public static List<Candidate> all(List<Vector> responses, Inference inference, Centring centring) {
        List<Vector> centred = centring.apply(responses);
        return IntStream.range(0, centred.size())
                .mapToObj(index -> new Candidate(index, inference.reward(centred.get(index))))
                .toList();
    }
}
