package dev.assay.streams.features;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the features of the texts seen last: responses are judged several times, and analysing a text costs a
 * thousand times what looking it up does. Used by many threads; two that ask for the same new text may both make it.
 */
public final class RememberedFeatures extends WrappedFeatureSpace {
    /** Texts that one who admits or scores remembers: of 65 float32 and 1 KB of text they are some 15 MB. */
    public static final int USUAL_CAPACITY = 10_000;

    private final Cache<Text, float[]> newest;
    private final Counter remembered;
    private final Counter made;

    /** A text, and the space it was meant for: the wrong one must be refused every time. */
    private record Text(@Nullable String featureSpace, String text) {}

    /**
     * @param space makes the features
     * @param capacity texts remembered, at least 1; those used rarely and long ago are forgotten
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
        newest = Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run) // Forgetting is a few steps: no thread is worth it.
                .build();
    }

    @Override
    public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
        List<Text> texts = new ArrayList<>(responses.size());
        for (SentResponse response : responses) {
            if (response.text() == null || response.vector() != null) {
                return space.features(featureSpace, responses);
            }
            texts.add(new Text(featureSpace, response.text()));
        }
        Map<Text, float[]> known = new HashMap<>(newest.getAllPresent(texts));
        List<Text> unknown = texts.stream()
                .distinct()
                .filter(text -> !known.containsKey(text))
                .toList();
        remembered.increment(responses.size() - unknown.size());
        made.increment(unknown.size());
        make(featureSpace, unknown, known);
        return texts.stream()
                .map(text -> Objects.requireNonNull(known.get(text)).clone()) // The receiver owns what it gets.
                .toList();
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
