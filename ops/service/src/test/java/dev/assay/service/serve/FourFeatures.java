package dev.assay.service.serve;

import dev.assay.streams.features.FeatureSpace;
import java.util.List;

/** A space of as many features as the {@link ServedScorer}'s. */
abstract class FourFeatures implements FeatureSpace {
    private final String name;

    FourFeatures(String name) {
        this.name = name;
    }

    @Override
    public final String id() {
        return name + ":0123456789ab";
    }

    @Override
    public final int dimension() {
        return 4;
    }

    @Override
    public final List<String> names() {
        return List.of("a", "b", "c", "d");
    }
}
