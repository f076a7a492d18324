package dev.assay.streams.features;

import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A space by its name and the names of its features. */
abstract class NamedFeatureSpace implements FeatureSpace {
    final SpaceName name;
    private final List<String> names;

    /** @param names of the features, in order */
    NamedFeatureSpace(SpaceName name, List<String> names) {
        this.name = name;
        this.names = names;
    }

    /** @return prefix1, prefix2, … */
    static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    /**
     * What spaces that make features of text ask of a response.
     *
     * @return the text
     * @throws Refusal FEATURES_MISSING if there is a vector or no text, TOO_LONG if it has above 100,000 characters
     */
    final String textAlone(float @Nullable [] vector, @Nullable String text) throws Refusal {
        if (vector != null || text == null) {
            throw Refusal.because(
                    RefusalReason.FEATURES_MISSING,
                    "a response must have a text and no vector for feature space %s, had %s",
                    id(),
                    vector == null ? "neither" : "a vector of " + vector.length + " numbers");
        }
        if (text.length() > TextFeatureSpace.LONGEST_TEXT) {
            throw Refusal.because(
                    RefusalReason.TOO_LONG,
                    "text must have at most %d characters, had %d",
                    TextFeatureSpace.LONGEST_TEXT,
                    text.length());
        }
        return text;
    }

    @Override
    public final String id() {
        return name.id();
    }

    @Override
    public final int dimension() {
        return names.size();
    }

    @Override
    public final List<String> names() {
        return names;
    }
}
