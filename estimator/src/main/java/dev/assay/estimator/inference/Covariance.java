package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.ObservedInformation;
import java.util.Optional;
import java.util.function.Function;

/**
 * The covariance Σ of the estimate, of size p, and the distribution its quantiles come from. Every factory is empty
 * where Σ does not exist: the information is singular, or there are too few annotators or judgments for the correction.
 */
public final class Covariance {
    private static final double SUMMATION_ERROR = 1e-9; // relative, of two sums of the same weights

    private final CovarianceKind kind;
    private final PackedSymmetric matrix;
    private final double degreesOfFreedom;
    private final boolean fullRank;
    private final NotEstimable notEstimable;

    private Covariance(CovarianceKind kind, PackedSymmetric matrix, double degreesOfFreedom, boolean fullRank) {
        this(kind, matrix, degreesOfFreedom, fullRank, NotEstimable.NOTHING);
    }

    private Covariance(
            CovarianceKind kind,
            PackedSymmetric matrix,
            double degreesOfFreedom,
            boolean fullRank,
            NotEstimable notEstimable) {
        this.notEstimable = notEstimable;
        this.kind = kind;
        this.matrix = matrix;
        this.degreesOfFreedom = degreesOfFreedom;
        this.fullRank = fullRank;
    }

    /**
     * The same among all parameters, of which those set aside have no error.
     *
     * @param around      of all parameters; this covariance is of those that stay
     * @param information J of all of them
     */
    public Covariance extended(Aliasing around, PackedSymmetric information) {
        return around.isNone()
                ? this
                : new Covariance(
                        kind,
                        around.extended(matrix),
                        degreesOfFreedom,
                        fullRank,
                        NotEstimable.of(around, information));
    }

    private static Optional<Covariance> of(Fit fit, Function<Fit, Optional<Covariance>> ofEstimable) {
        return ofEstimable.apply(fit.estimable()).map(found -> found.extended(fit.aliasing(), fit.information()));
    }

    /** J⁻¹, whole: a block of J inverted by itself would be too small. MODEL (12). */
    public static Optional<Covariance> model(PackedSymmetric information) {
        return Cholesky.of(information)
                .map(factor -> new Covariance(CovarianceKind.MODEL, factor.inverse(), Double.POSITIVE_INFINITY, true));
    }

    public static Optional<Covariance> model(Fit fit) {
        return of(fit, kept -> model(kept.information()));
    }

    /** H⁻¹, the whole inverse; empty where H is not positive definite, away from a maximum. MODEL (6). */
    public static Optional<Covariance> observed(PackedSymmetric information, Dense cross) {
        return Cholesky.of(ObservedInformation.of(information, cross))
                .map(factor ->
                        new Covariance(CovarianceKind.OBSERVED, factor.inverse(), Double.POSITIVE_INFINITY, true));
    }

    public static Optional<Covariance> observed(Fit fit) {
        return of(fit, kept -> observed(kept.information(), kept.cross()));
    }

    /**
     * J⁻¹ times n/(n−p), with quantiles of Student's t with n − p degrees of freedom: for the estimate that {@link
     * BiasCorrection} gives, the third column of the coverage table of MODEL §6.
     *
     * @param weight n = Σw; empty unless above p
     */
    public static Optional<Covariance> biasCorrected(PackedSymmetric information, double weight) {
        int p = information.size();
        return weight > p
                ? Cholesky.of(information)
                        .map(factor -> new Covariance(
                                CovarianceKind.BIAS_CORRECTED,
                                factor.inverse().times(weight / (weight - p)),
                                weight - p,
                                true))
                : Optional.empty();
    }

    public static Optional<Covariance> biasCorrected(Fit fit) {
        return of(fit, kept -> biasCorrected(kept.information(), kept.weight()));
    }

    /** H⁻¹BH⁻¹ as it stands, with normal quantiles; J for H where that is not positive definite. MODEL (13). */
    public static Optional<Covariance> sandwich(PackedSymmetric information, Dense cross, PackedSymmetric meat) {
        return matrix(information, cross, meat)
                .map(matrix -> new Covariance(CovarianceKind.SANDWICH, matrix, Double.POSITIVE_INFINITY, true));
    }

    public static Optional<Covariance> sandwich(Fit fit) {
        return of(fit, kept -> kept.meat().flatMap(meat -> sandwich(kept.information(), kept.cross(), meat)));
    }

    /** The same with another meat of the same parameters, as over independent judgments. */
    public static Optional<Covariance> sandwich(Fit fit, PackedSymmetric meat) {
        return of(
                fit,
                kept -> sandwich(
                        kept.information(), kept.cross(), fit.aliasing().reduced(meat)));
    }

    /**
     * H⁻¹BH⁻¹ times n/(n−p), with quantiles of Student's t with n − p degrees of freedom; J for H where that is not
     * positive definite. MODEL (13). Empty unless B is over independent judgments (G = n), and n above p.
     *
     * @param weight   n = Σw
     * @param clusters G
     */
    public static Optional<Covariance> robust(
            PackedSymmetric information, Dense cross, PackedSymmetric meat, double weight, double clusters) {
        int p = information.size();
        if (!independent(weight, clusters) || !(weight > p)) {
            return Optional.empty();
        }
        return matrix(information, cross, meat)
                .map(matrix ->
                        new Covariance(CovarianceKind.ROBUST, matrix.times(weight / (weight - p)), weight - p, true));
    }

    public static Optional<Covariance> robust(Fit fit) {
        return of(
                fit,
                kept -> kept.meat()
                        .flatMap(meat ->
                                robust(kept.information(), kept.cross(), meat, kept.weight(), kept.clusters())));
    }

    /**
     * H⁻¹BH⁻¹ times G/(G−1) · (n−1)/(n−p), with quantiles of Student's t; J for H where that is not positive definite.
     * MODEL (13). Where every judgment is its own cluster (G = n) this is {@link #robust} by another name: the factor is
     * n/(n−p) and there are n − p degrees of freedom, otherwise G − 1.
     *
     * @param weight   n = Σw
     * @param clusters G
     */
    public static Optional<Covariance> clustered(
            PackedSymmetric information, Dense cross, PackedSymmetric meat, double weight, double clusters) {
        int p = information.size();
        if (!(clusters > 1) || !(weight > p)) {
            return Optional.empty();
        }
        double factor = clusters / (clusters - 1) * (weight - 1) / (weight - p);
        double degreesOfFreedom = independent(weight, clusters) ? weight - p : clusters - 1;
        return matrix(information, cross, meat)
                .map(matrix ->
                        new Covariance(CovarianceKind.CLUSTERED, matrix.times(factor), degreesOfFreedom, clusters > p));
    }

    public static Optional<Covariance> clustered(Fit fit) {
        return of(
                fit,
                kept -> kept.meat()
                        .flatMap(meat ->
                                clustered(kept.information(), kept.cross(), meat, kept.weight(), kept.clusters())));
    }

    /** By the rule of MODEL §6, with its reason: {@link ChosenCovariance#of}. */
    public static Optional<ChosenCovariance> choose(Fit fit) {
        Fit kept = fit.estimable();
        return kept.meat()
                .map(meat ->
                        ChosenCovariance.of(kept.information(), kept.cross(), meat, kept.weight(), kept.clusters()))
                .orElseGet(() -> ChosenCovariance.ofModel(kept.information(), kept.weight(), 0))
                .map(chosen -> chosen.extended(fit.aliasing(), fit.information()));
    }

    /**
     * The same where judgments have annotators, who may be too few to cluster by.
     *
     * @param independentMeat B over single judgments, size p: what robust rests on then
     */
    public static Optional<ChosenCovariance> choose(Fit fit, PackedSymmetric independentMeat) {
        Fit kept = fit.estimable();
        return kept.meat()
                .flatMap(meat -> ChosenCovariance.of(
                        kept.information(),
                        kept.cross(),
                        meat,
                        fit.aliasing().reduced(independentMeat),
                        kept.weight(),
                        kept.clusters()))
                .map(chosen -> chosen.extended(fit.aliasing(), fit.information()))
                .or(() -> choose(fit));
    }

    /** What {@link #choose} chooses, without the reason. */
    public static Optional<Covariance> automatic(
            PackedSymmetric information, Dense cross, PackedSymmetric meat, double weight, double clusters) {
        return ChosenCovariance.of(information, cross, meat, weight, clusters).map(ChosenCovariance::covariance);
    }

    public static Optional<Covariance> automatic(Fit fit) {
        return choose(fit).map(ChosenCovariance::covariance);
    }

    /** True where every judgment is its own cluster, G = n; G is above n where weights are below 1. */
    static boolean independent(double weight, double clusters) {
        return clusters >= weight * (1 - SUMMATION_ERROR);
    }

    private static Optional<PackedSymmetric> matrix(PackedSymmetric information, Dense cross, PackedSymmetric meat) {
        return Cholesky.of(ObservedInformation.of(information, cross))
                .or(() -> Cholesky.of(information))
                .map(factor -> factor.sandwich(factor.whiten(meat)));
    }

    public CovarianceKind kind() {
        return kind;
    }

    /** Σ, size p, in squared units of the parameters. */
    public PackedSymmetric matrix() {
        return matrix;
    }

    /** Of quantiles; +∞ means normal ones. */
    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** False where there are no more annotators than parameters: some combinations then look certain that are not. */
    public boolean fullRank() {
        return fullRank;
    }

    /** Of every parameter; size p; 0 where one is not estimable, and has none. */
    public Vector standardErrors() {
        double[] errors = matrix.diagonal().toArray();
        for (int i = 0; i < errors.length; i++) {
            errors[i] = Math.sqrt(Math.max(0, errors[i]));
        }
        return Vector.of(errors);
    }

    /** What the judgments say nothing of. */
    public NotEstimable notEstimable() {
        return notEstimable;
    }

    /** This covariance's standard errors over another's; size p. Robust over model: above 1 where the model is wrong. */
    public Vector standardErrorRatios(Covariance other) {
        double[] ratios = standardErrors().toArray();
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= Math.max(other.standardErrors().get(i), Double.MIN_NORMAL);
        }
        return Vector.of(ratios);
    }

    /**
     * q_{1−α/2}: how many standard errors the two-sided interval of that level reaches to each side.
     *
     * @param level 1 − α, above 0 and below 1
     */
    public double quantile(double level) {
        Require.that(level > 0 && level < 1, "level must be above 0 and below 1, was %s", level);
        return ReferenceDistribution.quantile(degreesOfFreedom, level);
    }

    /** Two-sided p-value of an estimate that many standard errors from 0. */
    public double pValue(double standardErrors) {
        return ReferenceDistribution.twoSided(degreesOfFreedom, standardErrors);
    }
}
