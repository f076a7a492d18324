package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.VectorFeatureSpace;
import java.nio.file.Path;

/**
 * φ is what clients send.
 *
 * @param name of the feature space
 * @param dimension size of the vectors, 1 to 4,096
 * @param position whether the response shown first has a feature of its own
 */
@JsonTypeName("vectors")
public record VectorsConfig(String name, Integer dimension, boolean position) implements FeaturesConfig {
    /** @throws IllegalArgumentException naming key, bound and value */
    public VectorsConfig {
        FeatureKeys.requireName(name);
        FeatureKeys.requireDimension(dimension, VectorFeatureSpace.LARGEST_DIMENSION, "vectors");
    }

    @Override
    public FeatureSpace openWithoutPosition(Path base) {
        return new VectorFeatureSpace(name, dimension);
    }
}
