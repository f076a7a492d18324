package dev.assay.streams.publish;

import dev.assay.streams.model.ParameterSnapshot;
import java.util.Optional;

/**
 * Where the snapshots of this process come from.
 *
 * @param model name of the deployment
 * @param spaces what its parameters are of
 * @param codeRevision revision of the code
 * @param runtime Java version, processor architecture and BLAS, with one that was refused
 */
public record Provenance(String model, ParameterSnapshot.Spaces spaces, String codeRevision, String runtime) {
    /** @return why a snapshot cannot be this deployment's; empty if it can */
    Optional<String> refusal(ParameterSnapshot snapshot) {
        return refusal("model", model, snapshot.model())
                .or(() -> refusal(
                        "feature space",
                        spaces.featureSpace(),
                        snapshot.spaces().featureSpace()))
                .or(() -> refusal(
                        "context spec", spaces.contextSpec(), snapshot.spaces().contextSpec()))
                .or(() -> refusal(
                        "dimensions",
                        spaces.rewardNames().size() + " and "
                                + spaces.rationalityNames().size(),
                        snapshot.rewardDimension() + " and " + snapshot.rationalityDimension()));
    }

    private static Optional<String> refusal(String what, String ours, String theirs) {
        return ours.equals(theirs)
                ? Optional.empty()
                : Optional.of("The snapshot's " + what + " must be " + ours + ", is " + theirs + ".");
    }
}
