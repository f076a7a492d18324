package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Statistics;
import java.util.Optional;

/** Standardised coordinates around a point, in which a descent steps: MODEL §6. Every map is exact, both ways. */
interface Coordinates {
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
    LocalModel localModel(Statistics sums);

    /** The score g at any parameters, in these coordinates; size p. */
    Vector score(Parameters at, Vector score);
}
