package dev.assay.service.roles;

import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.VectorFeatureSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of features before there are any: vectors are checked as they will be; of texts nothing is, because
 * their features cost a thousand times what the rest of a check does, and will be made by the estimator anyway.
 */
final class CheapFeatures implements FeatureSpace {
    private final FeatureSpace space;

    private CheapFeatures(FeatureSpace space) {
        this.space = space;
    }

    static FeatureSpace of(FeatureSpace space) {
        return space instanceof VectorFeatureSpace ? space : new CheapFeatures(space);
    }

    @Override
    public String id() {
        return space.id();
    }

    @Override
    public int dimension() {
        return space.dimension();
    }

    @Override
    public List<String> names() {
        return space.names();
    }

    @Override
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text) {
        return new float[space.dimension()];
    }
}
