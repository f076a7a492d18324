package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.Optional;

/** Standardised coordinates around a point, in which a descent steps: MODEL §6. Every map is exact, both ways. */
interface Coordinates {
    /**
     * The coordinates that suit a fit: a {@link Chart}, where only the likelihood counts, which knows θ and (ψ₀, γ) up to a
     * factor; linear ones, where a prior tells the parameters themselves apart.
     */
    static Coordinates around(Parameters point, DescentState state) {
        return state.ridge() > 0
                ? new LinearCoordinates(point, state.standardisation())
                : Chart.around(point, state.standardisation());
    }

    /** The point they are around. */
    Parameters point();

    /** Its coordinates; size p. */
    Vector origin();

    Vector coordinates(Parameters other);

    /** Empty where γ would be infinite. */
    Optional<Parameters> parameters(Vector coordinates);

    /** Euclidean distance from the point in whitened parameters, the same whatever the coordinates. */
    double distance(Parameters other);

    /** Score and curvature at the point. */
    LocalModel localModel(ShardSum answer);

    /** The score g at any parameters, in these coordinates; size p. */
    Vector score(Parameters at, Vector score);
}
