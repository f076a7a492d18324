package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.model.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionFeatureSpaceTest {
    private final FeatureSpace vectors = new VectorFeatureSpace("hidden", 2);
    private final FeatureSpace space = new PositionFeatureSpace(vectors);

    @Test
    void itHasOneFeatureMoreWhichIsZeroUnlessTheResponseWasShownFirst() throws Refusal {
        float[] features = space.features(null, new float[] {3, 4}, null);

        assertThat(features).containsExactly(3, 4, 0);
        assertThat(space.shownFirst(features)).containsExactly(3, 4, 1);
        assertThat(space.dimension()).isEqualTo(3);
        assertThat(space.names()).containsExactly("x_1", "x_2", "shown_first");
        assertThat(space.features(null, List.of(new SentResponse(new float[] {5, 6}, null))))
                .containsExactly(new float[] {5, 6, 0});
    }

    @Test
    void itsIdIsItsOwnAndItsNameStays() throws Refusal {
        assertThat(space.id()).startsWith("hidden:").isNotEqualTo(vectors.id());
        assertThat(space.features("hidden", new float[2], null)).hasSize(3);
        assertThat(space.features(space.id(), new float[2], null)).hasSize(3);
        assertThatThrownBy(() -> space.features(vectors.id(), new float[2], null))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void remembersNothingOfThePosition() throws Refusal {
        FeatureSpace text = new PositionFeatureSpace(TextFeatureSpace.fit("essays", Essays.seeded(1, 20), 2));
        RememberedFeatures remembered = new RememberedFeatures(text, 10);

        remembered.shownFirst(remembered.features(null, null, "a text"));

        assertThat(remembered.features(null, null, "a text")[3]).isZero();
    }
}
