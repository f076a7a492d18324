package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import java.util.List;

/**
 * What the judgments say nothing of: parameters set aside, and every combination of parameters that changes along a direction
 * in which no judgment does. Such a combination has no error bar, however its estimate looks.
 *
 * @param columns    set aside
 * @param directions of size p, one for each of them; see {@link Aliasing#directions}
 */
public record NotEstimable(List<Integer> columns, List<Vector> directions) {
    /** Everything is estimable. */
    public static final NotEstimable NOTHING = new NotEstimable(List.of(), List.of());

    private static final double ROUNDING = 1e-6; // of features in float32

    static NotEstimable of(Aliasing aliasing, PackedSymmetric information) {
        return new NotEstimable(aliasing.indices(), aliasing.directions(information));
    }

    /** Whether that combination of all parameters is one of them. */
    public boolean has(Vector combination) {
        return directions.stream().anyMatch(direction -> moves(direction, combination));
    }

    /** The same of a combination of θ alone, or of γ. */
    boolean has(Vector combination, int from) {
        return directions.stream()
                .anyMatch(direction -> moves(direction.slice(from, from + combination.size()), combination));
    }

    private static boolean moves(Vector direction, Vector combination) {
        return Math.abs(direction.dot(combination)) > ROUNDING * direction.length() * combination.length();
    }
}
