package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.SplittableRandom;

/** Normal estimates of a known truth with a known covariance, as a large fit would give them; k = 0. */
public final class Estimates {
    private final Vector truth;
    private final Covariance covariance;
    private final Cholesky information;
    private final SplittableRandom random;

    /** @param spread of the truth's entries, in about standard errors of the least certain */
    public Estimates(long seed, int d, double spread) {
        random = new SplittableRandom(seed);
        truth = normal(d).times(spread);
        PackedSymmetric matrix = PackedSymmetric.zeros(d);
        double[][] rows = matrix.toRows();
        for (int draw = 0; draw < d + 2; draw++) {
            Vector direction = normal(d);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    rows[i][j] += direction.get(i) * direction.get(j);
                }
            }
        }
        PackedSymmetric total = PackedSymmetric.ofRows(rows);
        covariance = Covariance.model(total).orElseThrow();
        information = Cholesky.of(total).orElseThrow();
    }

    public Vector truth() {
        return truth;
    }

    /** A new estimate with standard normal intervals of level 0.95. */
    public Inference next() {
        Vector estimate = truth.plus(information.halfTransposed(normal(truth.size())));
        return new Inference(new Parameters(estimate, Vector.of()), covariance, 0.95);
    }

    /** Features of independent normal entries. */
    public Vector normal(int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return Vector.of(values);
    }
}
