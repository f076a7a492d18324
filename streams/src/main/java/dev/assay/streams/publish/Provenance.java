package dev.assay.streams.publish;

import dev.assay.streams.model.ParameterSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * Where the snapshots of this process come from.
 *
 * @param model name of the deployment
 * @param featureSpace id of the feature space
 * @param rewardNames names of the d features
 * @param contextSpec id of the context spec
 * @param rationalityNames names of the k context features
 * @param codeRevision revision of the code
 * @param runtime Java version, processor architecture and BLAS, with one that was refused
 */
public record Provenance(
        String model,
        String featureSpace,
        List<String> rewardNames,
        String contextSpec,
        List<String> rationalityNames,
        String codeRevision,
        String runtime) {
    /** @return why a snapshot cannot be this deployment's; empty if it can */
    Optional<String> misfit(ParameterSnapshot snapshot) {
        return misfit("model", model, snapshot.model())
                .or(() -> misfit("feature space", featureSpace, snapshot.featureSpace()))
                .or(() -> misfit("context spec", contextSpec, snapshot.contextSpec()));
    }

    private static Optional<String> misfit(String what, String ours, String theirs) {
        return ours.equals(theirs)
                ? Optional.empty()
                : Optional.of("The snapshot's " + what + " must be " + ours + ", is " + theirs + ".");
    }
}
