package dev.assay.cli.fit;

import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.features.VectorFeatureSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** The feature space of a folder that comes without a config: its vectors if it has any, else features of its texts. */
public final class FolderFeatures {
    private static final int COMPONENTS = 64;

    private FolderFeatures() {}

    /** @throws InvalidInputException if there are neither vectors nor texts of all responses */
    static FeatureSpace of(Collection<StoredResponse> responses) {
        for (StoredResponse response : responses) {
            float[] vector = response.features();
            if (vector != null) {
                if (vector.length < 1 || vector.length > VectorFeatureSpace.LARGEST_DIMENSION) {
                    throw new InvalidInputException("features must have 1 to " + VectorFeatureSpace.LARGEST_DIMENSION
                            + " numbers, those of response " + response.responseId() + " have " + vector.length);
                }
                return new VectorFeatureSpace("features", vector.length);
            }
        }
        return ofTexts(responses);
    }

    /** @throws InvalidInputException if a response has no text, there are fewer than two, or they are too much alike */
    public static TextFeatureSpace ofTexts(Collection<StoredResponse> responses) {
        if (responses.size() < 2) {
            throw new InvalidInputException("there must be at least 2 responses, were " + responses.size());
        }
        List<String> texts = new ArrayList<>();
        for (StoredResponse response : responses) {
            String text = response.text();
            if (text == null) {
                throw new InvalidInputException(
                        "features are made of texts here; response " + response.responseId() + " has none");
            }
            texts.add(text);
        }
        int different = new HashSet<>(texts).size();
        try {
            return TextFeatureSpace.fit("text", texts, Math.max(1, Math.min(COMPONENTS, different - 1)));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "no features can be made of these texts: " + e.getMessage() + "; name others in a config file");
        }
    }
}
