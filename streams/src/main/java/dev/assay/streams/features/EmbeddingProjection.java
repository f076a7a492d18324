package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.SparseRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Embeddings to fewer features, fitted once and kept in a file. */
public final class EmbeddingProjection {
    private final String name;
    private final EmbeddingSource source;
    private final Projection projection;

    private EmbeddingProjection(String name, EmbeddingSource source, Projection projection) {
        this.name = name;
        this.source = source;
        this.projection = projection;
    }

    /**
     * Fits mean and components; their bits do not depend on the order of the embeddings.
     *
     * @param name 1 to 64 of the characters A-Z a-z 0-9 . _ -
     * @param embeddings one a text, as the server gave them; more than {@code components}
     * @param components at least 1, below the dimension of the embeddings
     * @throws IllegalArgumentException naming the bound and the value, also if the embeddings vary along fewer directions
     */
    public static EmbeddingProjection fit(
            String name, EmbeddingSource source, List<float[]> embeddings, int components) {
        SpaceName.check(name);
        int dimension = source.dimension();
        for (float[] embedding : embeddings) {
            Require.that(
                    embedding.length == dimension,
                    "an embedding must have %d numbers, had %d",
                    dimension,
                    embedding.length);
        }
        Require.that(
                components < dimension,
                "components must be less than the dimension of the embeddings, %d, was %d",
                dimension,
                components);
        List<SparseRow> rows = embeddings.stream()
                .sorted(Arrays::compare)
                .map(EmbeddingProjection::row)
                .toList();
        return new EmbeddingProjection(name, source, Projection.fit(rows, dimension, components));
    }

    /**
     * @return whether the file is meant to hold a projection of embeddings
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static boolean isSavedIn(Path file) {
        return FeatureFile.holdsEmbeddings(file);
    }

    /**
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it is no projection of embeddings, of another format version, or damaged
     */
    public static EmbeddingProjection load(Path file) {
        return FeatureFile.loadEmbeddings(file);
    }

    /** @throws java.io.UncheckedIOException if the file cannot be written */
    public void save(Path file) {
        FeatureFile.save(this, file);
    }

    /** @return the id of the feature space that projects so */
    public String id() {
        return EmbeddingFeatureSpace.spaceName(name, source, this).id();
    }

    String name() {
        return name;
    }

    /** @return whose embeddings these are */
    public EmbeddingSource source() {
        return source;
    }

    /** @return how many principal components */
    public int components() {
        return projection.components();
    }

    /** @return share of the fitted variance they hold, in (0, 1] */
    public double explained() {
        return projection.explained();
    }

    /** @return φ; finite for an embedding whose numbers are far below the largest float */
    float[] features(float[] embedding) {
        return projection.fill(new float[components()], row(embedding));
    }

    void writeTo(DataOutputStream out) throws IOException {
        projection.writeTo(out);
    }

    /** @throws IOException if the bytes end early or the number of components is none a fit can give */
    static EmbeddingProjection readFrom(String name, EmbeddingSource source, DataInputStream in) throws IOException {
        return new EmbeddingProjection(name, source, Projection.readFrom(in, source.dimension()));
    }

    private static SparseRow row(float[] embedding) {
        double[] values = new double[embedding.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = embedding[i];
        }
        return SparseRow.dense(values);
    }
}
