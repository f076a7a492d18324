package dev.assay.streams.score;

import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.MonteCarlo;
import dev.assay.estimator.inference.RewardKernel;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.Centring;
import dev.assay.streams.model.ParameterSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One request's way of counting: one snapshot, one covariance, one width of intervals for all its numbers. */
public final class Scoring {
    /** Each draw of an abstention's critical value costs the square of the candidates; at 256 they take a second. */
    public static final int MOST_TO_ABSTAIN = 256;

    /** The same for every request, so that the same request gets the same digits. */
    public static final MonteCarlo DRAWS = MonteCarlo.seeded(1);

    private final ScoringModel model;
    private final ScoringModel.Precision precision;
    private final @Nullable Double level;
    private final double quantile;
    private final Centring centre;

    private Scoring(
            ScoringModel model,
            ScoringModel.Precision precision,
            @Nullable Double level,
            double quantile,
            Centring centre) {
        this.model = model;
        this.precision = precision;
        this.level = level;
        this.quantile = quantile;
        this.centre = centre;
    }

    /**
     * @param defaultLevel where the options name neither level nor quantile
     * @return empty if the snapshot does not give the covariance asked for: {@link #noCovariance} says so in words
     */
    public static Optional<Scoring> of(ScoringModel model, ScoringOptions options, double defaultLevel) {
        return model.precision(options.covariance()).map(precision -> {
            Double width = options.quantile();
            Double asked = options.level();
            Double level = width != null ? null : asked != null ? asked : (Double) defaultLevel;
            double quantile = width != null ? width : precision.quantile(asked != null ? asked : defaultLevel);
            return new Scoring(model, precision, level, quantile, options.centre());
        });
    }

    /** @return why there is no scoring */
    public static String noCovariance(ScoringModel model, CovarianceKind choice) {
        return "snapshot " + model.snapshot().version() + " has no covariance " + choice
                + ": its information is singular or its annotators too few";
    }

    /** @return what all numbers come from */
    public ParameterSnapshot snapshot() {
        return model.snapshot();
    }

    /** @return the same, prepared */
    public ScoringModel model() {
        return model;
    }

    /** @return what the bounds rest on: MODEL or CLUSTERED */
    public CovarianceKind covarianceChoice() {
        return ScoringModel.choiceOf(covariance().kind());
    }

    /** @return Σ */
    public Covariance covariance() {
        return precision.covariance();
    }

    /** @return of the intervals; null where their width was asked for */
    public @Nullable Double level() {
        return level;
    }

    /** @return standard errors to each side */
    public double quantile() {
        return quantile;
    }

    /** @return where rewards are counted from */
    public Centring centre() {
        return centre;
    }

    /** @return for what is not asked of many responses at once */
    public Inference inference() {
        return Inference.ofQuantile(snapshot().parameters(), covariance(), quantile);
    }

    /** @return all responses with their bounds, counted from the centre asked for; at least one row */
    public List<Candidate> candidates(FeatureRows features) {
        FeatureRows rows = centre == Centring.CANDIDATES ? features.centred() : features;
        RewardKernel.Rewards rewards = precision.kernel().of(rows.values(), rows.count());
        return IntStream.range(0, rows.count())
                .mapToObj(row -> new Candidate(row, rewards.interval(row, quantile)))
                .toList();
    }

    /** @return how much more the first is worth than the second, indices of rows: MODEL (17) */
    public Interval difference(FeatureRows features, int first, int second) {
        double[] difference = features.row(first).minus(features.row(second)).toArray();
        return precision.kernel().of(difference, 1).interval(0, quantile);
    }
}
