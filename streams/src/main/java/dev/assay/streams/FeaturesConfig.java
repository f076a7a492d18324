package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.PositionFeatureSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where φ comes from: one record a kind, with the keys of that kind, their bounds, and how it is opened. Keys that a kind does
 * not have must be absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(VectorsConfig.class),
    @JsonSubTypes.Type(TextConfig.class),
    @JsonSubTypes.Type(EmbeddingsConfig.class)
})
public sealed interface FeaturesConfig permits VectorsConfig, TextConfig, EmbeddingsConfig {
    /** @return the names of the kinds */
    static List<String> kinds() {
        return Stream.of(FeaturesConfig.class.getPermittedSubclasses())
                .map(kind -> kind.getAnnotation(JsonTypeName.class).value())
                .toList();
    }

    /** @return the name of this kind */
    default String kind() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }

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
