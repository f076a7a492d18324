package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Statistics;
import java.util.Optional;

/**
 * The coordinates the descent steps in, standardised as MODEL §6 asks and turned towards one point.
 *
 * <p>With whitened and centred ψ̄ = (ψ₀/√m, ψ′) every rationality is sᵀψ̄ for a vector s = (√m(1 + uᵀγ̃), γ̃) of size
 * k + 1, and only the product of θ̃ and s matters for the margins. The model fixes the split by giving ψ₀ the
 * coefficient 1, bᵀs = 1 with b = (1/√m, −u). A step instead fixes it by the point it starts from: s = r(e + Eγ″) with
 * e along the point's own s, E an orthonormal complement, and θ″ = rθ̃. At the point γ″ = 0. Margins stay bilinear in
 * (θ″, γ″), so scores and curvatures map exactly.
 *
 * <p>Rejected: giving the centred ψ₀ the coefficient 1, s = c(√m, γ′). It is as good while the mean rationality is well
 * above 0, but where adversarial annotators outweigh the others the maximum lies at c ≈ 0, γ′ → ∞, and a fifth of such
 * fits did not end.
 */
final class Chart implements Coordinates {
    private static final double LEAST_SHARE = 1e-9; // of b along s: nearer to 0, γ is infinite for all we can tell

    private final Whitening whitening;
    private final double offsetRoot; // √m
    private final Vector u;
    private final Vector b;
    private final Vector e;
    private final double[][] complement; // E, (k+1) × k
    private final Parameters point;
    private final Vector whitened;
    private final double r;
    private final int d;
    private final int k;

    private Chart(Parameters point, Standardisation standardisation) {
        this.point = point;
        d = point.reward().size();
        k = point.rationality().size();
        whitening = new Whitening(standardisation, d, k);
        offsetRoot = Math.sqrt(standardisation.offsetMeanSquare());
        u = whitening.regression(standardisation.regression());
        b = Vector.of(1 / offsetRoot).concat(u.times(-1));
        whitened = whitening.parameters(point);
        Vector s = rationality(whitened);
        r = s.length();
        e = s.times(1 / r);
        complement = complement(e);
    }

    static Chart around(Parameters point, Standardisation standardisation) {
        return new Chart(point, standardisation);
    }

    /** s of whitened parameters; size k + 1, never 0. */
    private Vector rationality(Vector whitenedParameters) {
        Vector gamma = whitenedParameters.slice(d, d + k);
        return Vector.of(offsetRoot * (1 + u.dot(gamma))).concat(gamma);
    }

    // The columns but the first of the reflection that takes the first axis to ∓e.
    private static double[][] complement(Vector e) {
        int size = e.size();
        double[] axis = e.toArray();
        axis[0] += axis[0] < 0 ? -1 : 1;
        Vector normal = Vector.of(axis);
        double factor = 2 / normal.dot(normal);
        double[][] columns = new double[size][size - 1];
        for (int i = 0; i < size; i++) {
            for (int j = 1; j < size; j++) {
                columns[i][j - 1] = (i == j ? 1 : 0) - factor * axis[i] * axis[j];
            }
        }
        return columns;
    }

    /** τ″ of the point the chart is around: (rθ̃, 0). */
    @Override
    public Vector origin() {
        return whitened.slice(0, d).times(r).concat(Vector.zeros(k));
    }

    /** τ″ of τ. */
    @Override
    public Vector coordinates(Parameters other) {
        Vector otherWhitened = whitening.parameters(other);
        Vector s = rationality(otherWhitened);
        double along = e.dot(s);
        along = Math.abs(along) < LEAST_SHARE * s.length() ? LEAST_SHARE * s.length() : along;
        return otherWhitened.slice(0, d).times(along).concat(timesComplement(s).times(1 / along));
    }

    /** τ of τ″; empty where γ would be infinite. */
    @Override
    public Optional<Parameters> parameters(Vector coordinates) {
        double[] s = e.toArray();
        for (int i = 0; i <= k; i++) {
            for (int j = 0; j < k; j++) {
                s[i] += complement[i][j] * coordinates.get(d + j);
            }
        }
        return parameters(coordinates.slice(0, d), Vector.of(s));
    }

    /** The parameters with margins (θ̃ᵀz̃)(sᵀψ̄), however θ̃ and s share the factor; empty where γ would be infinite. */
    Optional<Parameters> parameters(Vector reward, Vector s) {
        double share = b.dot(s);
        return Math.abs(share) < LEAST_SHARE * b.length() * s.length()
                ? Optional.empty()
                : Optional.of(whitening.original(
                        reward.times(share).concat(s.slice(1, k + 1).times(1 / share))));
    }

    /** Cosine of the angle between s and b: at 0, γ is infinite. */
    double offsetShare(Vector s) {
        return b.dot(s) / b.length() / s.length();
    }

    /** b, the direction in which only ψ₀ grows. */
    Vector offsetDirection() {
        return b.times(1 / b.length());
    }

    /** Euclidean distance from the chart's point in whitened coordinates, the same whatever the chart. */
    @Override
    public double distance(Parameters other) {
        return whitening.parameters(other).minus(whitened).length();
    }

    /** Score and curvature at the chart's point, in its coordinates. */
    @Override
    public LocalModel localModel(Statistics sums) {
        PackedSymmetric information = whitening.information(PackedSymmetric.of(d + k, sums.information()));
        Vector score = whitening.score(sums.score());
        Vector h = timesComplement(b);
        double[][] jacobian = jacobian(h);
        return new LocalModel(
                score(score, jacobian),
                information(information, jacobian),
                cross(score, whitening.cross(Dense.of(d, k, sums.cross()))),
                information);
    }

    /**
     * At any s with a = eᵀs the margin is (aθ̃ᵀz̃)(sᵀψ̄/a), so ∂ℓ/∂θ″ = g_θ̃/a and ∂ℓ/∂γ″ = a Eᵀ Σ w (y−π)(θ̃ᵀz̃) ψ̄. The
     * part of ψ₀ in that sum follows from σ = ψ₀ + γ̃ᵀψ̃: it is θ̃ᵀg_θ̃ − γ̃ᵀg_γ̃.
     */
    @Override
    public Vector score(Parameters at, Vector score) {
        Vector tau = whitening.parameters(at);
        Vector g = whitening.score(score);
        Vector s = rationality(tau);
        Vector reward = g.slice(0, d);
        Vector context = g.slice(d, d + k);
        double offset = tau.slice(0, d).dot(reward) - tau.slice(d, d + k).dot(context);
        Vector turned = Vector.of(offset / offsetRoot).concat(context.minus(u.times(offset)));
        double along = e.dot(s);
        return reward.times(1 / along).concat(timesComplement(turned).times(along));
    }

    // D = ∂τ̃/∂τ″ = [ I/r, rθ̃hᵀ ; 0, r(E₁ − γ̃hᵀ) ] at γ″ = 0, h = Eᵀb, E₁ without its first row. Here its last
    // columns.
    private double[][] jacobian(Vector h) {
        double[][] columns = new double[k][d + k];
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < d; i++) {
                columns[j][i] = r * whitened.get(i) * h.get(j);
            }
            for (int i = 0; i < k; i++) {
                columns[j][d + i] = r * (complement[i + 1][j] - whitened.get(d + i) * h.get(j));
            }
        }
        return columns;
    }

    private Vector score(Vector score, double[][] jacobian) {
        double[] gamma = new double[k];
        for (int j = 0; j < k; j++) {
            gamma[j] = Vector.of(jacobian[j]).dot(score);
        }
        return score.slice(0, d).times(1 / r).concat(Vector.of(gamma));
    }

    private PackedSymmetric information(PackedSymmetric information, double[][] jacobian) {
        double[][] rows = information.toRows();
        double[][] result = new double[d + k][d + k];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                result[i][j] = rows[i][j] / r / r;
            }
        }
        for (int j = 0; j < k; j++) {
            Vector product = information.times(Vector.of(jacobian[j]));
            for (int i = 0; i < d; i++) {
                result[d + j][i] = product.get(i) / r;
            }
            for (int i = 0; i <= j; i++) {
                result[d + j][d + i] = Vector.of(jacobian[i]).dot(product);
            }
        }
        return PackedSymmetric.ofRows(result);
    }

    /** Σ w (y−π) z̃ψ̄ᵀE. The score knows Σ w (y−π) z̃ψ₀: there each z̃ comes times σ = ψ₀ + γ̃ᵀψ̃. */
    private Dense cross(Vector score, Dense cross) {
        Vector offset = score.slice(0, d).minus(cross.times(whitened.slice(d, d + k)));
        Dense centred = cross.plusOuter(-1, offset, u);
        double[] result = new double[d * k];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                double sum = offset.get(i) / offsetRoot * complement[0][j];
                for (int l = 0; l < k; l++) {
                    sum += centred.get(i, l) * complement[l + 1][j];
                }
                result[i * k + j] = sum;
            }
        }
        return Dense.of(d, k, Vector.of(result));
    }

    private Vector timesComplement(Vector s) {
        double[] product = new double[k];
        for (int i = 0; i <= k; i++) {
            for (int j = 0; j < k; j++) {
                product[j] += complement[i][j] * s.get(i);
            }
        }
        return Vector.of(product);
    }

    @Override
    public Parameters point() {
        return point;
    }
}
