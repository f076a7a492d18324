package dev.assay.streams.features;

import java.util.List;
import java.util.stream.IntStream;

/** A space by its name and the names of its features. */
abstract class NamedFeatureSpace implements FeatureSpace {
    final SpaceName name;
    private final List<String> names;

    /** @param names of the features, in order */
    NamedFeatureSpace(SpaceName name, List<String> names) {
        this.name = name;
        this.names = names;
    }

    /** @return prefix1, prefix2, … */
    static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    @Override
    public final String id() {
        return name.id();
    }

    @Override
    public final int dimension() {
        return names.size();
    }

    @Override
    public final List<String> names() {
        return names;
    }
}
