package dev.assay.streams.admit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the features of the texts seen last: responses are judged several times, and analysing a text costs a
 * thousand times what looking it up does. One instance serves one thread.
 */
public final class RememberedFeatures implements FeatureSpace {
    private final FeatureSpace space;
    private final Map<String, float[]> newest;

    /**
     * @param space makes the features
     * @param capacity texts remembered, at least 1; the one longest unused is forgotten first
     */
    public RememberedFeatures(FeatureSpace space, int capacity) {
        this.space = space;
        newest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > capacity;
            }
        };
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
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        if (text == null || vector != null || featureSpace != null) {
            return space.features(featureSpace, vector, text);
        }
        float[] known = newest.get(text);
        if (known == null) {
            known = space.features(null, null, text);
            newest.put(text, known);
        }
        return known.clone(); // The receiver owns what it gets.
    }
}
