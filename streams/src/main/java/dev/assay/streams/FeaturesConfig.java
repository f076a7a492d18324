package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.PositionFeatureSpace;
import java.nio.file.Path;
import java.util.List;

/**
 * Where φ comes from: one record a kind, with the keys of that kind, their bounds, and how it is opened. Keys that a kind does
 * not have must be absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = VectorsConfig.class, name = VectorsConfig.KIND),
    @JsonSubTypes.Type(value = TextConfig.class, name = TextConfig.KIND),
    @JsonSubTypes.Type(value = EmbeddingsConfig.class, name = EmbeddingsConfig.KIND)
})
public sealed interface FeaturesConfig permits VectorsConfig, TextConfig, EmbeddingsConfig {
    /** The names of the kinds. */
    List<String> KINDS = List.of(VectorsConfig.KIND, TextConfig.KIND, EmbeddingsConfig.KIND);

    /** @return the name of this kind */
    String kind();

    /** @return name of the feature space; 1 to 64 of the characters A-Z a-z 0-9 . _ -; default {@code features} */
    String name();

    /** @return whether the response shown first has a feature of its own, see {@link PositionFeatureSpace}; default false */
    boolean position();

    /**
     * @param base the folder of the config file
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if the file is not usable or holds a space of another name or other embeddings
     */
    default FeatureSpace open(Path base) {
        FeatureSpace space = openWithoutPosition(base);
        return position() ? new PositionFeatureSpace(space) : space;
    }

    /** The same without the feature of the response shown first. */
    FeatureSpace openWithoutPosition(Path base);
}
