package dev.assay.streams.features.embed;

import java.util.List;

/** Turns texts into vectors. */
@FunctionalInterface
public interface Embedder {
    /**
     * @param texts at least one
     * @return one vector a text, in the order of the texts; of the dimension agreed on, finite
     * @throws EmbeddingFailure if there is no such answer
     */
    List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException;
}
