package dev.assay.streams.features;

import java.util.List;

/** Another space whose features are got in another way. */
public abstract class WrappedFeatureSpace implements FeatureSpace {
    /** What is wrapped. */
    protected final FeatureSpace space;

    protected WrappedFeatureSpace(FeatureSpace space) {
        this.space = space;
    }

    @Override
    public final String id() {
        return space.id();
    }

    @Override
    public final int dimension() {
        return space.dimension();
    }

    @Override
    public final List<String> names() {
        return space.names();
    }
}
