package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;
import dev.assay.streams.score.ScoringOptions;
import org.jspecify.annotations.Nullable;

/** What every request for numbers may say; Jackson fills it in. Fields are JSON's, in snake case. */
public abstract class Asked {
    @JsonProperty("level")
    @Nullable
    public Double level;

    @JsonProperty("quantile")
    @Nullable
    Double quantile;

    @JsonProperty("covariance")
    @Nullable
    CovarianceName covariance;

    @JsonProperty("center")
    @Nullable
    CenterName center;

    @JsonProperty("feature_space")
    @Nullable
    public String featureSpace;

    /** Covariances by their names in JSON. */
    enum CovarianceName {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("model")
        MODEL,
        @JsonProperty("clustered")
        CLUSTERED;

        private CovarianceChoice choice() {
            return switch (this) {
                case AUTO -> CovarianceChoice.AUTOMATIC;
                case MODEL -> CovarianceChoice.MODEL;
                case CLUSTERED -> CovarianceChoice.CLUSTERED;
            };
        }
    }

    /** Origins by their names in JSON. */
    enum CenterName {
        @JsonProperty("feature-space")
        FEATURE_SPACE,
        @JsonProperty("candidates")
        CANDIDATES
    }

    /**
     * @param unlessSaid where rewards are counted from where the request does not say
     * @throws IllegalArgumentException naming field, bound and value
     */
    ScoringOptions options(Centre unlessSaid) {
        Centre centre = center == null
                ? unlessSaid
                : center == CenterName.CANDIDATES ? Centre.CANDIDATES : Centre.FEATURE_SPACE;
        return new ScoringOptions(
                level, quantile, covariance == null ? CovarianceChoice.AUTOMATIC : covariance.choice(), centre);
    }
}
