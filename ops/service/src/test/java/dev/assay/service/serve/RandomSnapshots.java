package dev.assay.service.serve;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.ParameterSnapshot;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Snapshots with dense random matrices, of every kind that the choice of a covariance tells apart, in turn. */
final class RandomSnapshots {
    /** Judgments and annotators that lead to one covariance or another. */
    enum Kind {
        INDEPENDENT_FEW,
        INDEPENDENT_MANY,
        MANY_ANNOTATORS,
        FEW_ANNOTATORS,
        LIGHT_WEIGHTS,
        FEWER_THAN_PARAMETERS
    }

    private static final double WORST_CONDITION = 1e4; // so that 1e-10 is well above what rounding makes of an inverse

    private final SplittableRandom random;
    private final FeatureSpace space;
    private final int d;
    private final int k;
    private long version;

    RandomSnapshots(SplittableRandom random, FeatureSpace space) {
        this.random = random;
        this.space = space;
        d = space.dimension();
        k = ServedScorer.DEPLOYMENT.shape().rationalityDimension();
    }

    ParameterSnapshot next() {
        Kind kind = Kind.values()[(int) (version % Kind.values().length)];
        int p = d + k;
        double clusters = clusters(kind, p);
        double weight = weight(kind, p, clusters);
        PackedSymmetric meat = gram(p, (int) Math.max(1, Math.min(clusters, 3 * p)));
        while (true) {
            ParameterSnapshot drawn = snapshot(meat, weight, kind == Kind.INDEPENDENT_FEW ? weight : clusters);
            if (wellConditioned(drawn)) {
                version++;
                return drawn;
            }
        }
    }

    private double clusters(Kind kind, int p) {
        int enough = Math.max(50, 2 * p);
        return switch (kind) {
            case MANY_ANNOTATORS -> enough + random.nextInt(200);
            case FEW_ANNOTATORS -> 2 + random.nextInt(enough - 2);
            case FEWER_THAN_PARAMETERS -> 1 + random.nextInt(p);
            case LIGHT_WEIGHTS, INDEPENDENT_FEW -> 3 * p + random.nextInt(60 * p);
            case INDEPENDENT_MANY -> 80 * p + random.nextInt(1000);
        };
    }

    private double weight(Kind kind, int p, double clusters) {
        return switch (kind) {
            case MANY_ANNOTATORS -> clusters * random.nextDouble(1.5, 200);
            case FEW_ANNOTATORS -> (clusters + p) * random.nextDouble(1.5, 200);
            case FEWER_THAN_PARAMETERS, INDEPENDENT_MANY, INDEPENDENT_FEW -> clusters;
            case LIGHT_WEIGHTS -> clusters * random.nextDouble(0.4, 0.9);
        };
    }

    private ParameterSnapshot snapshot(PackedSymmetric meat, double weight, double clusters) {
        PackedSymmetric information = gram(d + k, 3 * (d + k));
        return new ParameterSnapshot(
                ServedScorer.DEPLOYMENT.model(),
                version + 1,
                ParameterSnapshot.Kind.RERUN,
                new Parameters(Vector.of(gaussian(d)), Vector.of(gaussian(k))),
                new ParameterSnapshot.Spaces(
                        space.id(),
                        ServedScorer.DEPLOYMENT.contextSpec().id(),
                        space.names(),
                        ServedScorer.DEPLOYMENT.contextSpec().names()),
                new ParameterSnapshot.Sums(information, cross(information), meat, (long) weight, weight, clusters, -1),
                new ParameterSnapshot.Quality(0, 0, 5, List.of()),
                new ParameterSnapshot.Origin(List.of(1L), null, "test", "test", ServedScorer.NOW));
    }

    /** Small beside J, so that H is positive definite, or, in a third of them, large, so that it is not. */
    private Vector cross(PackedSymmetric information) {
        double size = random.nextInt(3) == 0 ? 2 : random.nextDouble(0.1) / Math.sqrt(d + k);
        double[] cross = gaussian(d * k);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                cross[i * k + j] *= size * Math.sqrt(information.get(i, i) * information.get(d + j, d + j));
            }
        }
        return Vector.of(cross);
    }

    private boolean wellConditioned(ParameterSnapshot snapshot) {
        WrittenOutModel model = new WrittenOutModel(snapshot);
        return condition(new EigenDecomposition(model.observed())) < WORST_CONDITION
                && condition(new EigenDecomposition(model.information)) < WORST_CONDITION;
    }

    private static double condition(EigenDecomposition decomposition) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double eigenvalue : decomposition.getRealEigenvalues()) {
            least = Math.min(least, Math.abs(eigenvalue));
            most = Math.max(most, Math.abs(eigenvalue));
        }
        return most / least;
    }

    /** The Gram matrix of so many rows of Gaussian numbers, each column with a scale of its own; of all, one more. */
    private PackedSymmetric gram(int p, int rows) {
        double[] scales = random.doubles(p, -0.5, 0.5).map(Math::exp).toArray();
        double size = Math.exp(random.nextDouble(-1, 5));
        double[][] sum = new double[p][p];
        for (int row = 0; row < rows; row++) {
            double[] v = gaussian(p);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    sum[i][j] += size * scales[i] * v[i] * scales[j] * v[j];
                }
            }
        }
        return PackedSymmetric.ofRows(sum);
    }

    double[] gaussian(int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
