package dev.assay.streams.features;

import dev.assay.estimator.algebra.PrincipalComponents;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.SparseRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Embeddings to fewer features: centred on the mean of the fitted texts and projected on their principal components, which
 * keep their natural scale. Directions are float32 from the fit on, sums double in one order, so that any two machines give
 * the same bits for the same embedding.
 *
 * @param name of the feature space
 * @param source whose embeddings these are
 * @param components how many principal components
 * @param explained share of the fitted variance they hold, in (0, 1]
 * @param directions entry by entry of an embedding; size dimension × components
 * @param centre the projected mean, subtracted last; size components
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the content hash in the id of the space is.
public record EmbeddingProjection(
        String name, EmbeddingSource source, int components, double explained, float[] directions, double[] centre) {

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
        PrincipalComponents found = PrincipalComponents.of(rows, dimension, components);
        float[] directions = new float[dimension * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = (float) found.directions()[i];
        }
        double[] centre = SparseRow.dense(found.mean()).times(directions, components);
        return new EmbeddingProjection(name, source, components, found.explained(), directions, centre);
    }

    /**
     * @return whether the file is meant to hold a projection of embeddings
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static boolean isSavedIn(Path file) {
        return SavedSpace.startsWith(file, EmbeddingFile.MAGIC);
    }

    /**
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it is no projection of embeddings, of another format version, or damaged
     */
    public static EmbeddingProjection load(Path file) {
        return EmbeddingFile.load(file);
    }

    /** @throws java.io.UncheckedIOException if the file cannot be written */
    public void save(Path file) {
        EmbeddingFile.save(this, file);
    }

    /** @return the id of the feature space that projects so */
    public String id() {
        return EmbeddingFeatureSpace.spaceName(name, source, this).id();
    }

    /** @return φ; finite for an embedding whose numbers are far below the largest float */
    float[] features(float[] embedding) {
        double[] projected = row(embedding).times(directions, components);
        float[] features = new float[components];
        for (int c = 0; c < components; c++) {
            features[c] = (float) (projected[c] - centre[c]);
        }
        return features;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(components);
        out.writeDouble(explained);
        for (double value : centre) {
            out.writeDouble(value);
        }
        for (float value : directions) {
            out.writeFloat(value);
        }
    }

    /** @throws IOException if the bytes end early or the number of components is none a fit can give */
    static EmbeddingProjection readFrom(String name, EmbeddingSource source, DataInputStream in) throws IOException {
        int components = in.readInt();
        if (components < 1 || components >= source.dimension()) {
            throw new IOException("components must be 1 to " + (source.dimension() - 1) + ", was " + components);
        }
        double explained = in.readDouble();
        double[] centre = new double[components];
        for (int c = 0; c < components; c++) {
            centre[c] = in.readDouble();
        }
        float[] directions = new float[source.dimension() * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = in.readFloat();
        }
        return new EmbeddingProjection(name, source, components, explained, directions, centre);
    }

    private static SparseRow row(float[] embedding) {
        double[] values = new double[embedding.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = embedding[i];
        }
        return SparseRow.dense(values);
    }
}
