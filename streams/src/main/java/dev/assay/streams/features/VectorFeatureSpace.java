package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Features that the client sends, such as hidden states of its own pre-trained model: taken as they are, only checked. A
 * text beside the vector is for people to read and is ignored here.
 */
public final class VectorFeatureSpace extends NamedFeatureSpace {
    /** The largest dimension; 4,096 features already make a Fisher matrix of 67 MB. */
    public static final int LARGEST_DIMENSION = 4096;

    private final int dimension;

    /**
     * @param dimension d, 1 to 4,096
     * @throws IllegalArgumentException naming the bound and the value
     */
    public VectorFeatureSpace(String name, int dimension) {
        super(
                SpaceName.of(name, out -> {
                    out.writeUTF("vectors");
                    out.writeUTF(name);
                    out.writeInt(dimension);
                }),
                numbered("x_", checked(name, dimension)));
        this.dimension = dimension;
    }

    private static int checked(String name, int dimension) {
        Require.that(
                dimension >= 1 && dimension <= LARGEST_DIMENSION,
                "the dimension of feature space '%s' must be 1 to %d, was %d",
                name,
                LARGEST_DIMENSION,
                dimension);
        return dimension;
    }

    @Override
    public OptionalInt vectorSize() {
        return OptionalInt.of(dimension);
    }

    @Override
    public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
            throws Refusal {
        name.requireMeant(featureSpace);
        if (vector == null) {
            throw Refusal.because(
                    RefusalReason.FEATURES_MISSING,
                    "vector must have %d numbers for feature space %s, was missing",
                    dimension,
                    name.id());
        }
        if (vector.length != dimension) {
            throw Refusal.because(
                    RefusalReason.FEATURE_DIMENSION,
                    "vector must have %d numbers for feature space %s, was %d",
                    dimension,
                    name.id(),
                    vector.length);
        }
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(vector[i])) {
                throw Refusal.because(
                        RefusalReason.FEATURES_NOT_FINITE, "vector[%d] must be finite, was %s", i, vector[i]);
            }
        }
        return vector.clone();
    }
}
