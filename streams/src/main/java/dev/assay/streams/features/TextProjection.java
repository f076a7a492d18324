package dev.assay.streams.features;

import dev.assay.estimator.algebra.PrincipalComponents;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.SparseRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The numbers of a {@link TextFeatureSpace}: what turns a hashed text into φ. Directions are float32, from the fit on, so
 * that a fitted and a loaded space give the same bits; sums are double, in one order, so that any two machines do.
 *
 * @param components how many principal components
 * @param explained share of the fitted variance they hold, in (0, 1]
 * @param directions bucket by bucket; size buckets × components
 * @param centre the projected mean, subtracted last; size components
 * @param wordsMean mean of ln(1 + words) over the fitted texts
 * @param wordsDeviation its standard deviation (divided by n); above 0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the content hash in the id of the space is.
record TextProjection(
        int components,
        double explained,
        float[] directions,
        double[] centre,
        double wordsMean,
        double wordsDeviation) {
    /** @param texts in an order that is a function of the data */
    static TextProjection fit(List<String> texts, int components) {
        List<HashedText> hashed = texts.stream().map(HashedText::of).toList();
        PrincipalComponents found = PrincipalComponents.of(
                hashed.stream().map(HashedText::unitLength).toList(), HashedText.BUCKETS, components);
        double mean = hashed.stream().mapToDouble(TextProjection::logWords).sum() / texts.size();
        double squares = 0;
        for (HashedText text : hashed) {
            double difference = logWords(text) - mean;
            squares += difference * difference;
        }
        double deviation = Math.sqrt(squares / texts.size());
        Require.that(
                deviation > 1e-9,
                "log_words must vary over the texts, but all %d have %d words",
                texts.size(),
                hashed.get(0).words());
        float[] directions = new float[HashedText.BUCKETS * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = (float) found.directions()[i];
        }
        double[] centre = SparseRow.dense(found.mean()).times(directions, components);
        return new TextProjection(components, found.explained(), directions, centre, mean, deviation);
    }

    /** @return φ: components, then standardised log words; finite */
    float[] features(HashedText text) {
        double[] projected = text.unitLength().times(directions, components);
        float[] features = new float[components + 1];
        for (int c = 0; c < components; c++) {
            features[c] = (float) (projected[c] - centre[c]);
        }
        features[components] = (float) ((logWords(text) - wordsMean) / wordsDeviation);
        return features;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(components);
        out.writeDouble(explained);
        out.writeDouble(wordsMean);
        out.writeDouble(wordsDeviation);
        for (double value : centre) {
            out.writeDouble(value);
        }
        for (float value : directions) {
            out.writeFloat(value);
        }
    }

    /** @throws IOException if the bytes end early or the number of components is none a fit can give */
    static TextProjection readFrom(DataInputStream in) throws IOException {
        int components = in.readInt();
        if (components < 1 || components >= HashedText.BUCKETS) {
            throw new IOException("components must be 1 to " + (HashedText.BUCKETS - 1) + ", was " + components);
        }
        double explained = in.readDouble();
        double wordsMean = in.readDouble();
        double wordsDeviation = in.readDouble();
        double[] centre = new double[components];
        for (int c = 0; c < components; c++) {
            centre[c] = in.readDouble();
        }
        float[] directions = new float[HashedText.BUCKETS * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = in.readFloat();
        }
        return new TextProjection(components, explained, directions, centre, wordsMean, wordsDeviation);
    }

    private static double logWords(HashedText text) {
        return StrictMath.log1p(text.words());
    }
}
