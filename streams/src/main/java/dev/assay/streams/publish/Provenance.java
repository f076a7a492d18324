package dev.assay.streams.publish;

import java.util.List;

/**
 * Where the snapshots of this process come from.
 *
 * @param model name of the deployment
 * @param featureSpace id of the feature space
 * @param rewardNames names of the d features
 * @param contextSpec id of the context spec
 * @param rationalityNames names of the k context features
 * @param codeRevision revision of the code
 * @param runtime Java version and processor architecture
 */
public record Provenance(
        String model,
        String featureSpace,
        List<String> rewardNames,
        String contextSpec,
        List<String> rationalityNames,
        String codeRevision,
        String runtime) {}
