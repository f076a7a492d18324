package dev.assay.service.serve;

import dev.assay.streams.model.ParameterSnapshot;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;

/**
 * MODEL (3), (5), (6) and (12) to (17) written out over a snapshot's numbers, with inverses by LU, definiteness by eigenvalues and
 * quantiles polished on the tail: slow, and nothing of the estimator's is called.
 */
final class WrittenOutModel {
    private static final int POLISHES = 4;
    private static final double MODEL_SUFFICES = 80; // judgments a parameter, MODEL §6
    private static final double ANNOTATORS_SUFFICE = 50;

    final int d;
    final int k;
    final double[] theta;
    final double[] gamma;
    final RealMatrix information;
    private final RealMatrix cross;
    private final RealMatrix meat;
    private final double weight;
    private final double clusters;

    /** What bounds rest on: its name in answers, Σ, and the degrees of freedom of its quantiles; infinite: normal. */
    record Certainty(String name, String kind, RealMatrix sigma, double degreesOfFreedom) {
        /** The square root of xᵀΣx for x from index {@code from} of the parameters on. */
        double standardError(double[] x, int from) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    sum += x[i] * sigma.getEntry(from + i, from + j) * x[j];
                }
            }
            return Math.sqrt(Math.max(0, sum));
        }

        /** q with a share of (1 − level)/2 beyond it. */
        double quantile(double level) {
            RealDistribution reference = Double.isInfinite(degreesOfFreedom)
                    ? new NormalDistribution(null, 0, 1)
                    : new TDistribution(null, degreesOfFreedom);
            double beyond = (1 - level) / 2;
            double quantile = -reference.inverseCumulativeProbability(beyond);
            for (int polish = 0; polish < POLISHES; polish++) { // Newton: the library stops at 1e-9
                quantile += (tail(quantile) - beyond) / reference.density(quantile);
            }
            return quantile;
        }

        /** Probability of a value above x ≥ 0. */
        private double tail(double x) {
            return twoSided(x) / 2;
        }

        /** Probability of a value at least so far from 0. */
        double twoSided(double z) {
            return Double.isInfinite(degreesOfFreedom)
                    ? Erf.erfc(Math.abs(z) / Math.sqrt(2))
                    : Beta.regularizedBeta(degreesOfFreedom / (degreesOfFreedom + z * z), degreesOfFreedom / 2, 0.5);
        }
    }

    WrittenOutModel(ParameterSnapshot snapshot) {
        theta = snapshot.parameters().reward().toArray();
        gamma = snapshot.parameters().rationality().toArray();
        d = theta.length;
        k = gamma.length;
        information = new Array2DRowRealMatrix(snapshot.sums().information().toRows());
        meat = new Array2DRowRealMatrix(snapshot.sums().meat().toRows());
        cross = new Array2DRowRealMatrix(d, k);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                cross.setEntry(i, j, snapshot.sums().cross().get(i * k + j));
            }
        }
        weight = snapshot.sums().weight();
        clusters = snapshot.sums().clusters();
    }

    /** Of the three names a request may say; empty where there are too few judgments or annotators for it. */
    Optional<Certainty> certainty(String asked) {
        boolean apart = clusters >= weight; // every judgment its own cluster
        int p = d + k;
        return switch (asked) {
            case "model" -> Optional.of(model());
            case "clustered" ->
                clusters >= 2 && weight > p ? Optional.of(apart ? robust("clustered") : clustered()) : Optional.empty();
            default -> {
                if (apart) {
                    yield Optional.of(weight > p && weight < MODEL_SUFFICES * p ? robust("clustered") : model());
                }
                boolean enough = clusters >= Math.max(ANNOTATORS_SUFFICE, 2.0 * p);
                yield Optional.of(enough && weight > p ? clustered() : model());
            }
        };
    }

    /** (12). */
    private Certainty model() {
        return new Certainty("model", "model", inverse(information), Double.POSITIVE_INFINITY);
    }

    /** (13), independent judgments. */
    private Certainty robust(String name) {
        double left = weight - d - k;
        return new Certainty(name, "robust", sandwich().scalarMultiply(weight / left), left);
    }

    /** (13), clusters. */
    private Certainty clustered() {
        double factor = clusters / (clusters - 1) * ((weight - 1) / (weight - d - k));
        return new Certainty("clustered", "clustered", sandwich().scalarMultiply(factor), clusters - 1);
    }

    private RealMatrix sandwich() {
        RealMatrix observed = observed();
        RealMatrix bread = inverse(isPositiveDefinite(observed) ? observed : information);
        return bread.multiply(meat).multiply(bread);
    }

    /** (6). */
    RealMatrix observed() {
        RealMatrix observed = information.copy();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                observed.addToEntry(i, d + j, -cross.getEntry(i, j));
                observed.addToEntry(d + j, i, -cross.getEntry(i, j));
            }
        }
        return observed;
    }

    static boolean isPositiveDefinite(RealMatrix symmetric) {
        for (double eigenvalue : new EigenDecomposition(symmetric).getRealEigenvalues()) {
            if (eigenvalue <= 0) {
                return false;
            }
        }
        return true;
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        return new LUDecomposition(matrix, 0).getSolver().getInverse();
    }

    /** ln det of J, LU's diagonal being its factors. */
    static double logDeterminant(RealMatrix matrix) {
        RealMatrix upper = new LUDecomposition(matrix, 0).getU();
        double sum = 0;
        for (int i = 0; i < upper.getRowDimension(); i++) {
            sum += Math.log(Math.abs(upper.getEntry(i, i)));
        }
        return sum;
    }

    /** (14): θᵀφ. */
    double reward(double[] phi) {
        return dot(theta, phi);
    }

    /** (15): ψ₀ + γᵀψ. */
    double rationality(double offset, double[] psi) {
        return offset + dot(gamma, psi);
    }

    /** (3): [σz ; (θᵀz)ψ]. */
    double[] marginGradient(double offset, double[] psi, double[] z) {
        double[] v = new double[d + k];
        for (int i = 0; i < d; i++) {
            v[i] = rationality(offset, psi) * z[i];
        }
        for (int j = 0; j < k; j++) {
            v[d + j] = dot(theta, z) * psi[j];
        }
        return v;
    }

    /** (1): the probability that goes with a margin. */
    static double probability(double margin) {
        return margin >= 0 ? 1 / (1 + Math.exp(-margin)) : Math.exp(margin) / (1 + Math.exp(margin));
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static double[] minus(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = x[i] - y[i];
        }
        return difference;
    }
}
