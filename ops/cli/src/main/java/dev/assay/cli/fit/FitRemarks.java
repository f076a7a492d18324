package dev.assay.cli.fit;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All there is to say of a fit: what reading found, what the fit found, and how firmly its judgments hold it. */
final class FitRemarks {
    private FitRemarks() {}

    static List<Diagnostic> of(Fit fit, FitInput input, Optional<FitEstimate> estimate) {
        List<Diagnostic> remarks = new ArrayList<>(input.remarks());
        remarks.addAll(fit.diagnostics());
        if (estimate.isPresent()) {
            remarks.addAll(ofCovariance(fit, estimate.get()));
            // A fit remarks on some of these itself, as it ends.
            Set<String> said = remarks.stream().map(Diagnostic::name).collect(Collectors.toSet());
            Identifiability.of(fit, moments(input)).diagnostics().stream()
                    .filter(found -> !said.contains(found.name()))
                    .forEach(remarks::add);
        }
        return remarks.stream()
                .map(found -> new Diagnostic(
                        found.name(), found.value(), input.names().inWords(found.message())))
                .toList();
    }

    private static List<Diagnostic> ofCovariance(Fit fit, FitEstimate estimate) {
        int p = fit.parameters().dimension();
        if (estimate.chosen() == null) {
            return List.of(new Diagnostic(
                    "no-covariance",
                    fit.clusters(),
                    String.format(
                            Locale.ROOT,
                            "the %s covariance does not exist, with %.0f annotators, total weight %.4g and %d parameters:"
                                    + " clustered needs 2 annotators and more weight than parameters, all need an"
                                    + " information that can be inverted",
                            estimate.asked().label(),
                            fit.clusters(),
                            fit.weight(),
                            p)));
        }
        if (!estimate.chosen().fullRank()) {
            return List.of(new Diagnostic(
                    "few-clusters",
                    fit.clusters(),
                    String.format(
                            Locale.ROOT,
                            "the clustered covariance of %d parameters is rank deficient with %.0f annotators: its standard"
                                    + " errors are not to be trusted",
                            p,
                            fit.clusters())));
        }
        return List.of();
    }

    private static Answer moments(FitInput input) {
        return input.shard(1).answer(Question.moments(input.rewardDimension(), input.rationalityDimension()));
    }
}
