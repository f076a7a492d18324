package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The numbers of a {@link TextFeatureSpace}: what turns a hashed text into φ.
 *
 * @param buckets of the bucket counts, at unit length
 * @param wordsMean mean of ln(1 + words) over the fitted texts
 * @param wordsDeviation its standard deviation (divided by n); above 0
 */
record TextProjection(Projection buckets, double wordsMean, double wordsDeviation) {
    /** @param texts in an order that is a function of the data */
    static TextProjection fit(List<String> texts, int components) {
        List<HashedText> hashed = texts.stream().map(HashedText::of).toList();
        Projection buckets =
                Projection.fit(hashed.stream().map(HashedText::unitLength).toList(), HashedText.BUCKETS, components);
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
        return new TextProjection(buckets, mean, deviation);
    }

    /** @return φ: components, then standardised log words; finite */
    float[] features(HashedText text) {
        int components = buckets.components();
        float[] features = buckets.fill(new float[components + 1], text.unitLength());
        features[components] = (float) ((logWords(text) - wordsMean) / wordsDeviation);
        return features;
    }

    void writeTo(DataOutputStream out) throws IOException {
        buckets.writeTo(out, wordsMean, wordsDeviation);
    }

    /** @throws IOException if the bytes end early or the number of components is none a fit can give */
    static TextProjection readFrom(DataInputStream in) throws IOException {
        double[] words = new double[2];
        Projection buckets = Projection.readFrom(in, HashedText.BUCKETS, words);
        return new TextProjection(buckets, words[0], words[1]);
    }

    private static double logWords(HashedText text) {
        return StrictMath.log1p(text.words());
    }
}
