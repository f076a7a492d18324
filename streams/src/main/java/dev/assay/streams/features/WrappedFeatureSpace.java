package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Another space whose features are got in another way. */
public abstract class WrappedFeatureSpace implements FeatureSpace {
    /** What is wrapped. */
    protected final FeatureSpace space;

    protected WrappedFeatureSpace(FeatureSpace space) {
        this.space = space;
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
    public final OptionalInt vectorSize() {
        return space.vectorSize();
    }

    @Override
    public final Kind kind() {
        return space.kind();
    }

    @Override
    public List<String> names() {
        return space.names();
    }

    @Override
    public final float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        return features(featureSpace, List.of(new SentResponse(vector, text))).get(0);
    }

    @Override
    public abstract List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal;

    @Override
    public float[] shownFirst(float[] features) {
        return space.shownFirst(features);
    }

    @Override
    public final void bindTo(MeterRegistry meters) {
        space.bindTo(meters);
    }
}
