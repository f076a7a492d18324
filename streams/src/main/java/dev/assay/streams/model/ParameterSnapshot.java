package dev.assay.streams.model;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Diagnostic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fit publishes: parameters and the information behind them. A scorer needs nothing else.
 *
 * @param model name of the deployment
 * @param version strictly growing within a model, from 1
 * @param kind how the parameters were found
 * @param parameters θ and γ
 * @param spaces what they are parameters of
 * @param sums the statistics behind them
 * @param quality how good an estimate they are
 * @param origin where they come from
 */
public record ParameterSnapshot(
        String model,
        long version,
        Kind kind,
        Parameters parameters,
        Spaces spaces,
        Sums sums,
        Quality quality,
        Origin origin) {

    /**
     * What reward and rationality are functions of.
     *
     * @param featureSpace id of the feature space
     * @param contextSpec id of the context spec
     * @param rewardNames names of the d features
     * @param rationalityNames names of the k context features
     */
    public record Spaces(
            String featureSpace, String contextSpec, List<String> rewardNames, List<String> rationalityNames) {}

    /**
     * Sums over the comparisons.
     *
     * @param information J of MODEL (5), p x p
     * @param cross C of MODEL (6), d x k row by row
     * @param meat B of MODEL (13), p x p, clustered by annotator
     * @param judgments comparisons in the sums
     * @param weight sum of their weights, n of the equations
     * @param clusters G of MODEL (13)
     * @param logLikelihood ℓ of MODEL (2), nats
     */
    public record Sums(
            PackedSymmetric information,
            Vector cross,
            PackedSymmetric meat,
            long judgments,
            double weight,
            double clusters,
            double logLikelihood) {}

    /**
     * How good an estimate is.
     *
     * @param decrement λ² of MODEL (9)
     * @param drift of INCREMENTAL: estimated distance from the exact maximum, in standard errors, MODEL §2; 0 for a RERUN
     * @param rounds rounds of the descent
     * @param diagnostics what the fit found worth saying
     * @param notEstimable indices of parameters, θ then γ, that the judgments do not tell apart from others, ascending
     */
    public record Quality(
            double decrement, double drift, int rounds, List<Diagnostic> diagnostics, List<Integer> notEstimable) {
        /** Where all parameters are determined. */
        public Quality(double decrement, double drift, int rounds, List<Diagnostic> diagnostics) {
            this(decrement, drift, rounds, diagnostics, List.of());
        }
    }

    /**
     * Where a snapshot comes from.
     *
     * @param coveredOffsets for each partition of comparisons the offset up to which (exclusive) it is covered
     * @param rolledBackFrom the older version that was published again as this one; null: none
     * @param codeRevision revision of the code that published
     * @param runtime Java version and processor architecture that published
     * @param publishedAt when
     */
    public record Origin(
            List<Long> coveredOffsets,
            @Nullable Long rolledBackFrom,
            String codeRevision,
            String runtime,
            Instant publishedAt) {}

    /** How the parameters of a snapshot were found. */
    public enum Kind {
        /** By a descent over all comparisons. */
        RERUN,
        /** By one Newton step from where a descent ended; information, cross and meat are those of that point. */
        INCREMENTAL
    }

    /** @return what is not estimable, among all parameters */
    public Aliasing aliasing() {
        return Aliasing.of(parameters.dimension(), quality.notEstimable());
    }

    /** @return names of the parameters that the judgments do not tell apart from others */
    public List<String> notEstimable() {
        int d = rewardDimension();
        return quality.notEstimable().stream()
                .map(i -> i < d
                        ? spaces.rewardNames().get(i)
                        : spaces.rationalityNames().get(i - d))
                .toList();
    }

    /** @return d */
    public int rewardDimension() {
        return parameters.reward().size();
    }

    /** @return k */
    public int rationalityDimension() {
        return parameters.rationality().size();
    }
}
