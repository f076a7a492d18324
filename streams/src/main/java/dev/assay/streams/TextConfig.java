package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
import java.nio.file.Path;

/**
 * φ is made of the response's text by this service.
 *
 * @param name of the feature space, that in the file
 * @param file of a saved {@link TextFeatureSpace}, relative to the folder of the config file; it knows the dimension
 * @param position whether the response shown first has a feature of its own
 */
@JsonTypeName("text")
public record TextConfig(String name, String file, boolean position) implements FeaturesConfig {
    /** @throws IllegalArgumentException naming key, bound and value */
    @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
    public TextConfig {
        FeatureKeys.requireName(name);
        Setting.require(file != null && !file.isBlank(), "features.file", "a path for kind text", file);
    }

    @Override
    public FeatureSpace openWithoutPosition(Path base) {
        FeatureSpace space = TextFeatureSpace.load(base.resolve(file));
        FeatureKeys.requireSaved(name, space.id(), file);
        return space;
    }
}
