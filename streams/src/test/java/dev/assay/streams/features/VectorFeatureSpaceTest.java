package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VectorFeatureSpaceTest {
    private static final VectorFeatureSpace SPACE = new VectorFeatureSpace("hidden", 3);

    @Test
    void theVectorIsTakenAsItIs() throws Refusal {
        float[] vector = {1, -2, 0.1f};

        float[] features = SPACE.features(null, vector, "a text is ignored");

        assertThat(features).containsExactly(1, -2, 0.1f).isNotSameAs(vector);
    }

    @Test
    void theSpaceIsDescribed() {
        assertThat(SPACE.dimension()).isEqualTo(3);
        assertThat(SPACE.names()).containsExactly("x_1", "x_2", "x_3");
        assertThat(SPACE.id()).matches("hidden:[0-9a-f]{12}");
        assertThat(SPACE.id()).isEqualTo(new VectorFeatureSpace("hidden", 3).id());
        assertThat(SPACE.id()).isNotEqualTo(new VectorFeatureSpace("hidden", 4).id());
    }

    @Test
    void theSenderMayNameTheSpaceByNameOrById() throws Refusal {
        assertThat(SPACE.features("hidden", new float[3], null)).hasSize(3);
        assertThat(SPACE.features(SPACE.id(), new float[3], null)).hasSize(3);
    }

    @Test
    void everyBadVectorIsRefusedWithBoundAndValue() {
        String id = SPACE.id();
        refused(
                "other",
                new float[3],
                RefusalReason.FEATURE_SPACE_MISMATCH,
                "featureSpace must be hidden or " + id + ", was other");
        refused(
                null,
                null,
                RefusalReason.FEATURES_MISSING,
                "vector must have 3 numbers for feature space " + id + ", was missing");
        refused(
                null,
                new float[2],
                RefusalReason.FEATURE_DIMENSION,
                "vector must have 3 numbers for feature space " + id + ", was 2");
        refused(
                null,
                new float[] {0, 0, Float.NaN},
                RefusalReason.FEATURES_NOT_FINITE,
                "vector[2] must be finite, was NaN");
        refused(
                null,
                new float[] {0, Float.NEGATIVE_INFINITY, 0},
                RefusalReason.FEATURES_NOT_FINITE,
                "vector[1] must be finite, was -Infinity");
    }

    @Test
    void aBadSpaceIsRefusedWithBoundAndValue() {
        assertThatThrownBy(() -> new VectorFeatureSpace("a", 0))
                .hasMessage("the dimension of feature space 'a' must be 1 to 4096, was 0");
        assertThatThrownBy(() -> new VectorFeatureSpace("a", 4097))
                .hasMessage("the dimension of feature space 'a' must be 1 to 4096, was 4097");
        assertThatThrownBy(() -> new VectorFeatureSpace("a:b", 1)).hasMessageContaining("was 'a:b'");
    }

    private static void refused(
            @Nullable String featureSpace, float @Nullable [] vector, RefusalReason reason, String message) {
        assertThatThrownBy(() -> SPACE.features(featureSpace, vector, null))
                .isInstanceOf(Refusal.class)
                .hasMessage(message)
                .extracting(e -> ((Refusal) e).reason())
                .isEqualTo(reason);
    }
}
