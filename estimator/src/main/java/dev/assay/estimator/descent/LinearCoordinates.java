package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Statistics;
import java.util.Optional;

/** The whitened parameters themselves. */
final class LinearCoordinates implements Coordinates {
    private final Parameters point;
    private final Whitening whitening;
    private final int d;
    private final int k;

    LinearCoordinates(Parameters point, Standardisation standardisation) {
        this.point = point;
        d = point.reward().size();
        k = point.rationality().size();
        whitening = new Whitening(standardisation, d, k);
    }

    @Override
    public Parameters point() {
        return point;
    }

    @Override
    public Vector origin() {
        return whitening.parameters(point);
    }

    @Override
    public Vector coordinates(Parameters other) {
        return whitening.parameters(other);
    }

    @Override
    public Optional<Parameters> parameters(Vector coordinates) {
        return Optional.of(whitening.original(coordinates));
    }

    @Override
    public double distance(Parameters other) {
        return whitening.parameters(other).minus(origin()).length();
    }

    @Override
    public LocalModel localModel(Statistics sums) {
        PackedSymmetric information = whitening.information(PackedSymmetric.of(d + k, sums.information()));
        Dense cross = whitening.cross(Dense.of(d, k, sums.cross()));
        return new LocalModel(whitening.score(sums.score()), information, cross, information);
    }

    @Override
    public Vector score(Parameters at, Vector score) {
        return whitening.score(score);
    }
}
