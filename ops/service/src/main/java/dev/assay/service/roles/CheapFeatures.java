package dev.assay.service.roles;

import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.features.VectorFeatureSpace;
import dev.assay.streams.features.WrappedFeatureSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of features before there are any: vectors are checked as they will be; of texts nothing is, because
 * their features cost a thousand times what the rest of a check does, and will be made by the estimator anyway.
 */
final class CheapFeatures extends WrappedFeatureSpace {

    private CheapFeatures(FeatureSpace space) {
        super(space);
    }

    static FeatureSpace of(FeatureSpace space) {
        return space instanceof VectorFeatureSpace ? space : new CheapFeatures(space);
    }

    @Override
    public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) {
        return responses.stream().map(response -> new float[dimension()]).toList();
    }
}
