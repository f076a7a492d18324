package dev.assay.streams.score;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.streams.adapt.ParameterSnapshot;
import dev.assay.streams.adapt.ScoreRequest.CovarianceChoice;
import java.util.Optional;

/** A snapshot made ready to score: its covariances are computed once, not per request. */
public final class ScoringModel {
    private final ParameterSnapshot snapshot;
    private final Optional<Covariance> model;
    private final Optional<Covariance> clustered;
    private final Optional<Covariance> automatic;

    private ScoringModel(ParameterSnapshot snapshot) {
        this.snapshot = snapshot;
        Dense cross = Dense.of(snapshot.rewardDimension(), snapshot.rationalityDimension(), snapshot.cross());
        model = Covariance.model(snapshot.information());
        // A fraction of a cluster, which weights below 1 can make, has no t quantile worth the name.
        clustered = snapshot.clusters() < 2
                ? Optional.empty()
                : Covariance.clustered(
                        snapshot.information(), cross, snapshot.meat(), snapshot.weight(), snapshot.clusters());
        automatic = Covariance.automatic(
                snapshot.information(), cross, snapshot.meat(), snapshot.weight(), snapshot.clusters());
    }

    /** Prepares a snapshot. */
    public static ScoringModel of(ParameterSnapshot snapshot) {
        return new ScoringModel(snapshot);
    }

    /** @return what was published */
    public ParameterSnapshot snapshot() {
        return snapshot;
    }

    /** @return the covariance asked for; empty where the snapshot's information does not give it */
    public Optional<Covariance> covariance(CovarianceChoice choice) {
        return switch (choice) {
            case MODEL -> model;
            case CLUSTERED -> clustered;
            case AUTOMATIC -> automatic;
        };
    }

    static CovarianceChoice choiceOf(CovarianceKind kind) {
        // Robust is what clustered comes to where every judgment is its own cluster.
        return kind == CovarianceKind.MODEL ? CovarianceChoice.MODEL : CovarianceChoice.CLUSTERED;
    }
}
