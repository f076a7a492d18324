package dev.assay.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.inference.Covariance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a fit ended, as it goes into the JSON. Where there is no estimate its keys are null; no number is ever NaN or
 * infinite.
 *
 * @param status             {@code converged}, {@code separated}, {@code rankDeficient} or {@code notConverged}
 * @param theta              θ, log-odds per unit of z at rationality 1
 * @param gamma              γ
 * @param standardErrors     of θ then γ, by J⁻¹
 * @param logLikelihood      ℓ, in nats
 * @param covarianceDiagonal of J⁻¹, θ then γ
 * @param sandwichDiagonal   of H⁻¹BH⁻¹ over independent judgments, with no factor for small samples
 * @param diagnostics        what else to know
 * @param judgments          rows of the file
 * @param weight             their total weight
 * @param parameters         p = d + k
 * @param rounds             passes over the data
 * @param decrement          λ², squared distance from the maximum in standard errors; null where unknown
 * @param queries            the answers; absent if nothing was asked
 */
record FitReport(
        String status,
        @Nullable List<Double> theta,
        @Nullable List<Double> gamma,
        @Nullable List<Double> standardErrors,
        @Nullable Double logLikelihood,
        @Nullable List<Double> covarianceDiagonal,
        @Nullable List<Double> sandwichDiagonal,
        List<Diagnostic> diagnostics,
        long judgments,
        double weight,
        int parameters,
        int rounds,
        @Nullable Double decrement,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QueriesReport queries) {
    static final String CONVERGED = "converged";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Pattern INDEXED = Pattern.compile("\\b(z|reward|psi|rationality)\\[(\\d+)]");

    /** A remark on the fit; columns are named as in the file. */
    record Diagnostic(String name, double value, String message) {}

    static FitReport of(Fit fit, Optional<FitEstimate> estimate, @Nullable QueriesReport queries) {
        Optional<Covariance> model = estimate.map(FitEstimate::model);
        return new FitReport(
                word(fit.status()),
                estimate.map(e -> list(e.parameters().reward())).orElse(null),
                estimate.map(e -> list(e.parameters().rationality())).orElse(null),
                model.map(covariance -> list(covariance.standardErrors())).orElse(null),
                estimate.map(e -> fit.logLikelihood()).orElse(null),
                model.map(covariance -> list(covariance.matrix().diagonal())).orElse(null),
                estimate.map(FitEstimate::sandwich)
                        .map(covariance -> list(covariance.matrix().diagonal()))
                        .orElse(null),
                fit.diagnostics().stream()
                        .map(found -> new Diagnostic(found.name(), found.value(), inColumnNames(found.message())))
                        .toList(),
                fit.count(),
                fit.weight(),
                fit.parameters().dimension(),
                fit.rounds(),
                Double.isFinite(fit.decrement()) ? fit.decrement() : null,
                queries);
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

    /** The estimator counts columns from 0 and names parameters for themselves; the file's reader sees z_1 and psi_1. */
    static String inColumnNames(String message) {
        return INDEXED.matcher(message.replace("ψ₀", "psi0")).replaceAll(match -> {
            String column = match.group(1).equals("z") || match.group(1).equals("reward") ? "z_" : "psi_";
            return column + (Integer.parseInt(match.group(2)) + 1);
        });
    }

    static List<Double> list(Vector vector) {
        return Arrays.stream(vector.toArray()).boxed().toList();
    }
}
