package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another space and one feature more, the last: 1 for the response that the annotator saw first, else 0. Its coefficient in
 * θ is the position bias, in log-odds at rationality 1, and the rest of θ is free of it as far as judgments say what was
 * shown first. Where nobody knows, and in scoring, where nothing is shown, it is 0 for all.
 */
public final class PositionFeatureSpace extends WrappedFeatureSpace {
    /** Name of the last feature. */
    public static final String SHOWN_FIRST = "shown_first";

    private final SpaceName name;

    /** @param space the other features */
    public PositionFeatureSpace(FeatureSpace space) {
        super(space);
        String own = space.id().substring(0, space.id().indexOf(':'));
        name = SpaceName.of(own, out -> {
            out.writeUTF("position");
            out.writeUTF(space.id());
        });
    }

    @Override
    public String id() {
        return name.id();
    }

    @Override
    public int dimension() {
        return space.dimension() + 1;
    }

    @Override
    public List<String> names() {
        return Stream.concat(space.names().stream(), Stream.of(SHOWN_FIRST)).toList();
    }

    @Override
    public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
        name.requireMeant(featureSpace);
        return space.features(null, responses).stream()
                .map(PositionFeatureSpace::withColumn)
                .toList();
    }

    @Override
    public float[] shownFirst(float[] features) {
        features[features.length - 1] = 1;
        return features;
    }

    /** What is new in a copy is 0. */
    private static float[] withColumn(float[] features) {
        return Arrays.copyOf(features, features.length + 1);
    }
}
