package dev.assay.streams.score;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.RewardKernel;
import dev.assay.streams.model.ParameterSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot made ready to score: what its matrices give is computed once, not per request. Used by many threads; who holds
 * one answers from this version to the end, whatever is published meanwhile.
 */
public final class ScoringModel {
    private final ParameterSnapshot snapshot;
    private final Map<CovarianceKind, Optional<Precision>> precisions = new ConcurrentHashMap<>();

    @SuppressWarnings("NullableOptional") // null: not looked for yet
    private volatile @Nullable Optional<Cholesky> informationFactor;

    /** How sure the estimate is: a covariance, and what follows from it. */
    public static final class Precision {
        private static final int LEVELS = 64; // clients use a few; who sends ever new ones gets no memory for them

        private final Covariance covariance;
        private final RewardKernel kernel;
        private final Map<Double, Double> quantiles = new ConcurrentHashMap<>();

        private Precision(Covariance covariance, RewardKernel kernel) {
            this.covariance = covariance;
            this.kernel = kernel;
        }

        /** @return Σ */
        public Covariance covariance() {
            return covariance;
        }

        /** @return rewards with standard errors by it */
        public RewardKernel kernel() {
            return kernel;
        }

        /** @return standard errors to each side at that level; a search, hence remembered */
        double quantile(double level) {
            Double known = quantiles.get(level);
            if (known != null) {
                return known;
            }
            double quantile = covariance.quantile(level);
            if (quantiles.size() < LEVELS) {
                quantiles.put(level, quantile);
            }
            return quantile;
        }
    }

    private ScoringModel(ParameterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Prepares a snapshot for what most requests ask; the rest is prepared for the first that asks. */
    public static ScoringModel of(ParameterSnapshot snapshot) {
        ScoringModel model = new ScoringModel(snapshot);
        Optional<Precision> automatic = model.precision(CovarianceKind.AUTOMATIC);
        automatic.ifPresent(
                found -> model.precisions.put(choiceOf(found.covariance().kind()), automatic));
        return model;
    }

    /** @return what was published */
    public ParameterSnapshot snapshot() {
        return snapshot;
    }

    /** @return the precision by the covariance asked for; empty where the snapshot's information does not give it */
    public Optional<Precision> precision(CovarianceKind choice) {
        return precisions.computeIfAbsent(choice, this::prepared);
    }

    /** @return the Cholesky factor of J, made when first asked for; empty where J is singular */
    public Optional<Cholesky> informationFactor() {
        Optional<Cholesky> known = informationFactor;
        if (known == null) {
            // Parameters that nothing determines count as known: a pair is not suggested for their sake.
            known = Cholesky.of(snapshot.aliasing()
                    .masked(snapshot.sums().information(), snapshot.sums().weight()));
            informationFactor = known; // Two that come at once make the same.
        }
        return known;
    }

    private Optional<Precision> prepared(CovarianceKind choice) {
        return covariance(choice)
                .map(covariance -> new Precision(
                        covariance, RewardKernel.of(snapshot.parameters().reward(), covariance)));
    }

    private Optional<Covariance> covariance(CovarianceKind choice) {
        ParameterSnapshot.Sums sums = snapshot.sums();
        Aliasing aliasing = snapshot.aliasing();
        int d = snapshot.rewardDimension();
        PackedSymmetric information = aliasing.reduced(sums.information());
        PackedSymmetric meat = aliasing.reduced(sums.meat());
        Dense cross = Dense.of(d, snapshot.rationalityDimension(), sums.cross())
                .without(aliasing.slice(0, d), aliasing.slice(d, aliasing.size()));
        Optional<Covariance> estimable = switch (choice) {
            case MODEL -> Covariance.model(information);
            // A fraction of a cluster, which weights below 1 can make, has no t quantile worth the name.
            case CLUSTERED ->
                sums.clusters() < 2
                        ? Optional.empty()
                        : Covariance.clustered(information, cross, meat, sums.weight(), sums.clusters());
            case AUTOMATIC -> Covariance.automatic(information, cross, meat, sums.weight(), sums.clusters());
            default -> throw new IllegalArgumentException("bounds do not rest on " + choice.label());
        };
        return estimable.map(covariance -> covariance.extended(aliasing, sums.information()));
    }

    static CovarianceKind choiceOf(CovarianceKind kind) {
        // Robust is what clustered comes to where every judgment is its own cluster.
        return kind == CovarianceKind.MODEL ? CovarianceKind.MODEL : CovarianceKind.CLUSTERED;
    }
}
