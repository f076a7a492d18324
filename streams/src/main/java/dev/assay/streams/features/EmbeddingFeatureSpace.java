package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.features.embed.Embedder;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.features.embed.EmbeddingFailure;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Features that an embedding server makes of the response text: its embeddings as they come, or centred and projected.
 * Whether the same text gives the same bits is up to the server; what a judgment was admitted with stands in its
 * comparison and is not asked for again.
 */
public final class EmbeddingFeatureSpace extends NamedFeatureSpace {
    private final @Nullable EmbeddingProjection projection;
    private final Embedder server;
    private final EmbeddingCounts counts;

    /**
     * @param name 1 to 64 of the characters A-Z a-z 0-9 . _ -
     * @param source what the server answers with
     * @param projection fitted on embeddings of that source; null: they are taken as they come
     * @param server asked from many threads
     * @param counts what the server is asked
     * @throws IllegalArgumentException naming the bound and the value
     */
    public EmbeddingFeatureSpace(
            String name,
            EmbeddingSource source,
            @Nullable EmbeddingProjection projection,
            Embedder server,
            EmbeddingCounts counts) {
        super(
                spaceName(name, source, projection),
                projection == null ? numbered("e_", source.dimension()) : numbered("pc_", projection.components()));
        Require.that(
                dimension() <= VectorFeatureSpace.LARGEST_DIMENSION,
                "the dimension of feature space '%s' must be at most %d, was %d: fit a projection",
                name,
                VectorFeatureSpace.LARGEST_DIMENSION,
                dimension());
        Require.that(
                projection == null || projection.source().equals(source),
                "the projection must be of embeddings by %s, was fitted on those by %s",
                source,
                projection == null ? "" : projection.source());
        this.projection = projection;
        this.server = server;
        this.counts = counts;
    }

    static SpaceName spaceName(String name, EmbeddingSource source, @Nullable EmbeddingProjection projection) {
        return SpaceName.of(name, out -> {
            out.writeUTF("embeddings");
            out.writeUTF(name);
            source.writeTo(out);
            out.writeBoolean(projection != null);
            if (projection != null) {
                projection.writeTo(out);
            }
        });
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDINGS;
    }

    @Override
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        return features(featureSpace, List.of(new SentResponse(vector, text))).get(0);
    }

    @Override
    public List<float[]> features(@Nullable String featureSpace, List<SentResponse> responses) throws Refusal {
        name.requireMeant(featureSpace);
        List<String> texts = new ArrayList<>(responses.size());
        for (SentResponse response : responses) {
            texts.add(textAlone(response.vector(), response.text()));
        }
        return texts.isEmpty() ? List.of() : projected(embeddings(texts));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        counts.bindTo(meters);
    }

    private List<float[]> projected(List<float[]> embeddings) {
        return projection == null
                ? embeddings
                : embeddings.stream().map(projection::features).toList();
    }

    private List<float[]> embeddings(List<String> texts) throws Refusal {
        try {
            return server.embed(texts);
        } catch (EmbeddingFailure e) {
            throw Refusal.saying(RefusalReason.FEATURES_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new InterruptException(e); // Streams is closing; the judgment will be read again.
        }
    }
}
