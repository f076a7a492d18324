package dev.assay.cli.fit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.Covariance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a fit ended, as it goes into the JSON, which is flat. Where there is no estimate its keys are null; no number is ever NaN
 * or infinite.
 *
 * @param status     {@code converged}, {@code separated}, {@code rankDeficient} or {@code notConverged}
 * @param names      of the parameters, θ then γ
 * @param answers    to the queries; absent if nothing was asked
 * @param annotators how each judges; absent if not asked for
 */
record FitReport(
        String status,
        List<String> names,
        @JsonUnwrapped Estimate estimate,
        @JsonUnwrapped Certainty certainty,
        @JsonUnwrapped @Nullable QueriesReport answers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AnnotatorsReport annotators,
        @JsonUnwrapped Course course) {
    static final String CONVERGED = "converged";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Where it ended.
     *
     * @param theta            θ, log-odds per unit of z at rationality 1; null where one is not estimable, here and below
     * @param gamma            γ
     * @param standardErrors   of θ then γ, by the covariance chosen
     * @param covariance       which that is: {@code model}, {@code observed}, {@code sandwich}, {@code robust} or {@code clustered}
     * @param covarianceReason why, if that was left to us; absent otherwise
     */
    record Estimate(
            @Nullable List<@Nullable Double> theta,
            @Nullable List<@Nullable Double> gamma,
            @Nullable List<@Nullable Double> standardErrors,
            @Nullable String covariance,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String covarianceReason) {
        static Estimate of(Fit fit, Optional<FitEstimate> estimate) {
            int d = fit.parameters().reward().size();
            int p = fit.parameters().dimension();
            return new Estimate(
                    estimate.map(e ->
                                    list(e.parameters().reward(), fit.aliasing().slice(0, d)))
                            .orElse(null),
                    estimate.map(e -> list(
                                    e.parameters().rationality(), fit.aliasing().slice(d, p)))
                            .orElse(null),
                    estimate.flatMap(FitEstimate::standardErrors)
                            .map(errors -> list(errors, fit.aliasing()))
                            .orElse(null),
                    estimate.map(FitEstimate::chosen)
                            .map(covariance -> covariance.kind().label())
                            .orElse(null),
                    estimate.map(FitEstimate::reason).orElse(null));
        }
    }

    /**
     * How firmly the judgments hold it.
     *
     * @param level              of the two-sided intervals
     * @param quantile           standard errors they reach to each side
     * @param logLikelihood      ℓ, in nats
     * @param covarianceDiagonal of J⁻¹, θ then γ
     * @param sandwichDiagonal   of H⁻¹BH⁻¹ over independent judgments, with no factor for small samples
     * @param observedDiagonal   of H⁻¹
     */
    record Certainty(
            double level,
            @Nullable Double quantile,
            @Nullable Double logLikelihood,
            @Nullable List<@Nullable Double> covarianceDiagonal,
            @Nullable List<@Nullable Double> sandwichDiagonal,
            @Nullable List<@Nullable Double> observedDiagonal) {
        static Certainty of(double level, Fit fit, Optional<FitEstimate> estimate) {
            return new Certainty(
                    level,
                    estimate.map(FitEstimate::chosen)
                            .map(covariance -> covariance.quantile(level))
                            .orElse(null),
                    estimate.map(e -> fit.logLikelihood()).orElse(null),
                    diagonal(fit, estimate.map(FitEstimate::model)),
                    diagonal(fit, estimate.map(FitEstimate::sandwich)),
                    diagonal(fit, estimate.map(FitEstimate::observed)));
        }

        private static @Nullable List<@Nullable Double> diagonal(Fit fit, Optional<Covariance> covariance) {
            return covariance
                    .map(found -> list(found.matrix().diagonal(), fit.aliasing()))
                    .orElse(null);
        }
    }

    /**
     * How it went.
     *
     * @param passes      over the data, that for the moments included
     * @param seconds     the fit took, reading and inference left out
     * @param diagnostics what else to know
     * @param judgments   rows
     * @param weight      their total weight
     * @param parameters  p = d + k
     * @param decrement   λ², squared distance from the maximum in standard errors; null where unknown
     */
    record Course(
            int passes,
            double seconds,
            List<Diagnostic> diagnostics,
            long judgments,
            double weight,
            int parameters,
            @Nullable Double decrement) {
        static Course of(TimedFit run, List<Diagnostic> diagnostics) {
            Fit fit = run.fit();
            return new Course(
                    fit.rounds(),
                    run.seconds(),
                    diagnostics,
                    fit.count(),
                    fit.weight(),
                    fit.parameters().dimension(),
                    Double.isFinite(fit.decrement()) ? fit.decrement() : null);
        }
    }

    static FitReport of(
            TimedFit run,
            FitInput input,
            double level,
            Optional<FitEstimate> estimate,
            @Nullable QueriesReport answers,
            @Nullable AnnotatorsReport annotators) {
        Fit fit = run.fit();
        return new FitReport(
                word(fit.status()),
                input.names().parameters(),
                Estimate.of(fit, estimate),
                Certainty.of(level, fit, estimate),
                answers,
                annotators,
                Course.of(run, FitRemarks.of(fit, input, estimate)));
    }

    boolean converged() {
        return status.equals(CONVERGED);
    }

    String json() throws JsonProcessingException {
        return MAPPER.writeValueAsString(this) + "\n";
    }

    private static String word(FitStatus status) {
        return switch (status) {
            case CONVERGED -> CONVERGED;
            case SEPARATED -> "separated";
            case RANK_DEFICIENT -> "rankDeficient";
            case NOT_CONVERGED -> "notConverged";
        };
    }

    private static List<@Nullable Double> list(Vector vector, Aliasing aliasing) {
        List<@Nullable Double> values = new ArrayList<>(list(vector));
        aliasing.indices().forEach(column -> values.set(column, null));
        return values;
    }

    static List<Double> list(Vector vector) {
        return Arrays.stream(vector.toArray()).boxed().toList();
    }
}
