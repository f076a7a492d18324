package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the features of the texts seen last: responses are judged several times, and analysing a text costs a
 * thousand times what looking it up does. Used by many threads; two that ask for the same new text may both make it.
 */
public final class RememberedFeatures extends WrappedFeatureSpace {
    /** Texts that one who admits or scores remembers: of 65 float32 and 1 KB of text they are some 15 MB. */
    public static final int USUAL_CAPACITY = 10_000;

    private final Map<Text, float[]> newest;
    private final Counter remembered;
    private final Counter made;

    /** A text, and the space it was meant for: the wrong one must be refused every time. */
    private record Text(@Nullable String featureSpace, String text) {}

    /**
     * @param space makes the features
     * @param capacity texts remembered, at least 1; the one longest unused is forgotten first
     */
    public RememberedFeatures(FeatureSpace space, int capacity) {
        this(space, capacity, new CompositeMeterRegistry(), "admit"); // which shows nobody
    }

    /**
     * @param meters counts texts, as {@code stage.features.remembered} and {@code stage.features.made}
     * @param stage whose they are
     */
    public RememberedFeatures(FeatureSpace space, int capacity, MeterRegistry meters, String stage) {
        super(space);
        remembered = meters.counter(stage + ".features.remembered");
        made = meters.counter(stage + ".features.made");
        newest = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Text, float[]> eldest) {
                return size() > capacity;
            }
        });
    }

    @Override
    public OptionalInt vectorSize() {
        return space.vectorSize();
    }

    @Override
    public Kind kind() {
        return space.kind();
    }

    @Override
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        return features(featureSpace, List.of(new SentResponse(vector, text))).get(0);
    }

    @Override
    public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
        Map<Text, float[]> known = new HashMap<>(); // What is remembered may be forgotten while the rest is made.
        Set<Text> unknown = new LinkedHashSet<>();
        for (SentResponse response : responses) {
            if (response.text() == null || response.vector() != null) {
                return space.features(featureSpace, responses);
            }
            Text text = new Text(featureSpace, response.text());
            float[] features = newest.get(text);
            if (features == null) {
                unknown.add(text);
            } else {
                known.put(text, features);
            }
        }
        remembered.increment(responses.size() - unknown.size());
        made.increment(unknown.size());
        make(featureSpace, List.copyOf(unknown), known);
        List<float[]> features = new ArrayList<>(responses.size());
        for (SentResponse response : responses) {
            Text text = new Text(featureSpace, String.valueOf(response.text()));
            features.add(Objects.requireNonNull(known.get(text)).clone()); // The receiver owns what it gets.
        }
        return features;
    }

    @Override
    public float[] shownFirst(float[] features) {
        return space.shownFirst(features);
    }

    private void make(@Nullable String featureSpace, List<Text> unknown, Map<Text, float[]> known) throws Refusal {
        if (unknown.isEmpty()) {
            return;
        }
        List<float[]> features = space.features(
                featureSpace,
                unknown.stream().map(text -> new SentResponse(null, text.text)).toList());
        for (int i = 0; i < features.size(); i++) {
            known.put(unknown.get(i), features.get(i));
            newest.put(unknown.get(i), features.get(i));
        }
    }
}
