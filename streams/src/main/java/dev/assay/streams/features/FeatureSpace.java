package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where the response features φ of MODEL §1 come from; one per deployment. Rewards are learnt in these coordinates, so a
 * snapshot is meaningful only together with the {@link #id} of its space. Implementations are immutable and may be used by
 * many threads; the same response always gives the same bits.
 */
public interface FeatureSpace {
    /** What clients send, and who makes features of it. */
    enum Kind {
        /** Vectors, taken as they are. */
        VECTORS,
        /** Texts, of which this service makes features. */
        TEXT,
        /** Texts, of which an embedding server makes features. */
        EMBEDDINGS
    }

    /** @return name, colon, 12 hexadecimal digits that change with anything that changes φ */
    String id();

    /** @return d, covariates included; at least 1 */
    int dimension();

    /** @return the size of the vectors that clients send; empty where features are made of texts */
    default OptionalInt vectorSize() {
        return OptionalInt.empty();
    }

    /** @return what clients send, and who makes features of it */
    default Kind kind() {
        return vectorSize().isPresent() ? Kind.VECTORS : Kind.TEXT;
    }

    /** @return the names of the d features, in order */
    List<String> names();

    /**
     * φ of one response.
     *
     * @param featureSpace the space the sender means, by name or id; null if the sender did not say
     * @param vector the features as sent; null if none
     * @param text the response as text; null if none
     * @return finite; size d; owned by the receiver
     * @throws Refusal FEATURES_MISSING, FEATURE_SPACE_MISMATCH, FEATURE_DIMENSION, FEATURES_NOT_FINITE, TOO_LONG or
     *     FEATURES_UNAVAILABLE
     */
    float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text) throws Refusal;

    /**
     * φ of responses that belong together: what a space has to ask elsewhere it asks at once.
     *
     * @param featureSpace as above, of all of them
     * @param responses as sent
     * @return as many as responses, in their order; each as above
     * @throws Refusal for the first response that has no features
     */
    default List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
        List<float[]> features = new ArrayList<>(responses.size());
        for (SentResponse response : responses) {
            features.add(features(featureSpace, response.vector(), response.text()));
        }
        return features;
    }

    /**
     * φ of the same response had it been shown first: others than {@link PositionFeatureSpace} do not tell the two apart.
     *
     * @param features of this space; may be changed
     */
    default float[] shownFirst(float[] features) {
        return features;
    }

    /** Shows what this space counts. */
    default void bindTo(MeterRegistry meters) {}
}
