package dev.assay.service.serve.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.streams.score.ScoringOptions;
import org.jspecify.annotations.Nullable;

/** What every request for numbers may say; Jackson fills it in. */
public abstract class RequestOptions {
    @JsonProperty
    @Doc(
            value =
                    "Of the two-sided intervals; above 0 and at most 1 - 1e-12. Excludes quantile. Default score.level, 0.95.",
            min = 0,
            max = 0.999999999999,
            above = true)
    @Nullable
    public Double level;

    @JsonProperty
    @Doc(value = "Instead of level: standard errors to each side.", min = 0, max = 100)
    @Nullable
    Double quantile;

    @JsonProperty
    @Doc(
            value =
                    "What standard errors rest on: model, MODEL (12); clustered by annotator, MODEL (13); auto: as the judgments allow.",
            unless = "auto")
    @Nullable
    CovarianceName covariance;

    @JsonProperty
    @Doc(
            "Where rewards are counted from: the feature space's origin, or the candidates' mean. Differences have no origin.")
    @Nullable
    CenterName center;

    /** The space that the client means; null: the deployment's. */
    @JsonProperty
    @Doc("Name or id of the space the features are of; another than the deployment's is refused. Default: not checked.")
    public @Nullable String featureSpace;

    /** Covariances by their names in JSON. */
    enum CovarianceName {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("model")
        MODEL,
        @JsonProperty("clustered")
        CLUSTERED;

        private CovarianceKind choice() {
            return switch (this) {
                case AUTO -> CovarianceKind.AUTOMATIC;
                case MODEL -> CovarianceKind.MODEL;
                case CLUSTERED -> CovarianceKind.CLUSTERED;
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
    ScoringOptions options(Centring unlessSaid) {
        Centring centre = center == null
                ? unlessSaid
                : center == CenterName.CANDIDATES ? Centring.CANDIDATES : Centring.FEATURE_SPACE;
        return new ScoringOptions(
                level, quantile, covariance == null ? CovarianceKind.AUTOMATIC : covariance.choice(), centre);
    }
}
