package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built-in text features, which need no model and no server: the {@link HashedText} of a response, centred on the mean
 * of the fitted responses and projected on their principal components, then one covariate, the number of words as
 * {@code (ln(1 + words) − mean) / standard deviation} over the fitted responses.
 *
 * <p>The components keep their natural scale, at most 1 in size and falling: most of them are far below it. The estimator
 * standardises for itself. A fitted space is fixed for good and kept in a file; fitting again makes another space with
 * another id, whose rewards cannot be compared coordinate by coordinate.
 */
public final class TextFeatureSpace extends NamedFeatureSpace {
    /** The longest text that is analysed, in characters (UTF-16 units). */
    public static final int LONGEST_TEXT = 100_000;

    private final TextProjection projection;

    private TextFeatureSpace(SpaceName name, TextProjection projection) {
        super(
                name,
                Stream.concat(numbered("pc_", projection.buckets().components()).stream(), Stream.of("log_words"))
                        .toList());
        this.projection = projection;
    }

    /**
     * Fits mean, components and covariate. The result is a function of the texts as a multiset: their order does not change
     * a bit of it. Some seconds for a few thousand texts.
     *
     * @param name 1 to 64 of the characters A-Z a-z 0-9 . _ -
     * @param texts responses such as those to come, each at most 100,000 characters; more than {@code components}
     * @param components at least 1, below 4,096; the dimension is one more
     * @throws IllegalArgumentException naming the bound and the value, also if the texts vary along fewer directions than
     *     components or all have the same number of words: both would give features that are always 0
     */
    public static TextFeatureSpace fit(String name, List<String> texts, int components) {
        SpaceName.check(name);
        for (int i = 0; i < texts.size(); i++) {
            int length = texts.get(i).length();
            Require.that(
                    length <= LONGEST_TEXT,
                    "texts[%d] must have at most %d characters, had %d",
                    i,
                    LONGEST_TEXT,
                    length);
        }
        // Sums depend on their order in the last bits, and those must not depend on the caller's order.
        List<String> sorted = texts.stream().sorted().toList();
        return of(name, TextProjection.fit(sorted, components));
    }

    /**
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it is no feature space, of another format version, damaged, or was fitted with an
     *     analysis of text that differs from this build's
     */
    public static TextFeatureSpace load(Path file) {
        return FeatureFile.loadText(file);
    }

    /** @throws java.io.UncheckedIOException if the file cannot be written */
    public void save(Path file) {
        FeatureFile.save(this, file);
    }

    static TextFeatureSpace of(String name, TextProjection projection) {
        SpaceName spaceName = SpaceName.of(name, out -> {
            out.writeUTF("text");
            out.writeUTF(name);
            projection.writeTo(out);
        });
        return new TextFeatureSpace(spaceName, projection);
    }

    /** @return the share of the fitted texts' variance that the components hold, in (0, 1] */
    public double explained() {
        return projection.buckets().explained();
    }

    @Override
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        name.requireMeant(featureSpace);
        return projection.features(HashedText.of(textAlone(vector, text)));
    }

    String name() {
        return name.name();
    }

    TextProjection projection() {
        return projection;
    }
}
