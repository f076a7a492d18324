package dev.assay.cli.fit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.Covariance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a fit ended, as it goes into the JSON. Where there is no estimate its keys are null; no number is ever NaN or
 * infinite.
 *
 * @param status             {@code converged}, {@code separated}, {@code rankDeficient} or {@code notConverged}
 * @param names              of the parameters, θ then γ
 * @param theta              θ, log-odds per unit of z at rationality 1
 * @param gamma              γ
 * @param standardErrors     of θ then γ, by the covariance chosen
 * @param covariance         which that is: {@code model}, {@code observed}, {@code sandwich}, {@code robust} or {@code clustered}
 * @param covarianceReason   why, if that was left to us; absent otherwise
 * @param level              of the two-sided intervals
 * @param quantile           standard errors they reach to each side
 * @param logLikelihood      ℓ, in nats
 * @param covarianceDiagonal of J⁻¹, θ then γ
 * @param sandwichDiagonal   of H⁻¹BH⁻¹ over independent judgments, with no factor for small samples
 * @param observedDiagonal   of H⁻¹
 * @param answers            to the queries; absent if nothing was asked
 * @param annotators         how each judges; absent if not asked for
 * @param passes             over the data, that for the moments included
 * @param seconds            the fit took, reading and inference left out
 * @param diagnostics        what else to know
 * @param judgments          rows
 * @param weight             their total weight
 * @param parameters         p = d + k
 * @param decrement          λ², squared distance from the maximum in standard errors; null where unknown
 */
record FitReport(
        String status,
        List<String> names,
        @Nullable List<Double> theta,
        @Nullable List<Double> gamma,
        @Nullable List<Double> standardErrors,
        @Nullable String covariance,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String covarianceReason,
        double level,
        @Nullable Double quantile,
        @Nullable Double logLikelihood,
        @Nullable List<Double> covarianceDiagonal,
        @Nullable List<Double> sandwichDiagonal,
        @Nullable List<Double> observedDiagonal,
        @JsonUnwrapped @Nullable QueriesReport answers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AnnotatorsReport annotators,
        int passes,
        double seconds,
        List<Diagnostic> diagnostics,
        long judgments,
        double weight,
        int parameters,
        @Nullable Double decrement) {
    static final String CONVERGED = "converged";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static FitReport of(
            TimedFit run,
            FitInput input,
            double level,
            Optional<FitEstimate> estimate,
            @Nullable QueriesReport answers,
            @Nullable AnnotatorsReport annotators) {
        Fit fit = run.fit();
        Optional<Covariance> chosen = estimate.map(FitEstimate::chosen);
        return new FitReport(
                word(fit.status()),
                input.names().parameters(),
                estimate.map(e -> list(e.parameters().reward())).orElse(null),
                estimate.map(e -> list(e.parameters().rationality())).orElse(null),
                estimate.flatMap(FitEstimate::standardErrors)
                        .map(FitReport::list)
                        .orElse(null),
                chosen.map(covariance -> covariance.kind().label()).orElse(null),
                estimate.map(FitEstimate::reason).orElse(null),
                level,
                chosen.map(covariance -> covariance.quantile(level)).orElse(null),
                estimate.map(e -> fit.logLikelihood()).orElse(null),
                diagonal(estimate.map(FitEstimate::model)),
                diagonal(estimate.map(FitEstimate::sandwich)),
                diagonal(estimate.map(FitEstimate::observed)),
                answers,
                annotators,
                fit.rounds(),
                run.seconds(),
                FitRemarks.of(fit, input, estimate),
                fit.count(),
                fit.weight(),
                fit.parameters().dimension(),
                Double.isFinite(fit.decrement()) ? fit.decrement() : null);
    }

    boolean converged() {
        return status.equals(CONVERGED);
    }

    String json() throws JsonProcessingException {
        return MAPPER.writeValueAsString(this) + "\n";
    }

    private static @Nullable List<Double> diagonal(Optional<Covariance> covariance) {
        return covariance.map(found -> list(found.matrix().diagonal())).orElse(null);
    }

    private static String word(FitStatus status) {
        return switch (status) {
            case CONVERGED -> CONVERGED;
            case SEPARATED -> "separated";
            case RANK_DEFICIENT -> "rankDeficient";
            case NOT_CONVERGED -> "notConverged";
        };
    }

    static List<Double> list(Vector vector) {
        return Arrays.stream(vector.toArray()).boxed().toList();
    }
}
