package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TextFeatureSpaceTest {
    private static final List<String> TEXTS = Essays.seeded(17, 60);
    private static final TextFeatureSpace SPACE = TextFeatureSpace.fit("essays", TEXTS, 5);

    @Test
    void theSpaceIsDescribed() {
        assertThat(SPACE.dimension()).isEqualTo(6);
        assertThat(SPACE.names()).containsExactly("pc_1", "pc_2", "pc_3", "pc_4", "pc_5", "log_words");
        assertThat(SPACE.id()).matches("essays:[0-9a-f]{12}");
        assertThat(SPACE.explained()).isBetween(0.05, 1.0);
    }

    @Test
    void theSameTextGivesTheSameBits() throws Refusal {
        for (String text : List.of(TEXTS.get(3), "something never seen", "")) {
            assertThat(SPACE.features(null, null, text)).isEqualTo(SPACE.features("essays", null, text));
        }
    }

    @Test
    void manyThreadsGetTheSameBits() {
        List<float[]> alone = TEXTS.stream().map(TextFeatureSpaceTest::features).toList();

        List<float[]> together = IntStream.range(0, 8 * TEXTS.size())
                .parallel()
                .mapToObj(i -> features(TEXTS.get(i % TEXTS.size())))
                .toList();

        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i % TEXTS.size()));
        }
    }

    @Test
    void theOrderOfTheTextsDoesNotChangeABit() {
        List<String> shuffled = new ArrayList<>(TEXTS);
        Collections.shuffle(shuffled, new Random(3));

        TextFeatureSpace other = TextFeatureSpace.fit("essays", shuffled, 5);

        assertThat(other.id()).isEqualTo(SPACE.id()); // The id is a hash of every number in it.
    }

    @Test
    void otherTextsGiveAnotherId() {
        assertThat(TextFeatureSpace.fit("essays", TEXTS.subList(1, 60), 5).id()).isNotEqualTo(SPACE.id());
        assertThat(TextFeatureSpace.fit("others", TEXTS, 5).id().substring(7))
                .isNotEqualTo(SPACE.id().substring(7));
    }

    @Test
    void theFittedTextsAreCentredAndTheirVarianceFalls() {
        double[] sums = new double[6];
        double[] squares = new double[6];
        for (String text : TEXTS) {
            float[] features = features(text);
            for (int c = 0; c < 6; c++) {
                sums[c] += features[c];
                squares[c] += features[c] * features[c];
            }
        }

        // Float32 directions: each feature is off by some 1e-8, and 60 of them are summed.
        assertThat(sums).containsExactly(new double[6], within(1e-5));
        for (int c = 1; c < 5; c++) {
            assertThat(squares[c]).isLessThan(squares[c - 1]);
        }
        assertThat(squares[5] / TEXTS.size()).isCloseTo(1, within(1e-6));
    }

    @Test
    void anEmptyTextIsTheZeroVectorBeforeCentring() throws Refusal {
        float[] features = SPACE.features(null, null, "");

        double[] centre = SPACE.projection().buckets().centre();
        for (int c = 0; c < 5; c++) {
            assertThat(features[c]).isEqualTo((float) -centre[c]);
        }
        double mean = SPACE.projection().wordsMean();
        assertThat(features[5]).isEqualTo((float) (-mean / SPACE.projection().wordsDeviation()));
    }

    @Test
    void aResponseWithoutTextOrWithAVectorIsRefused() {
        String must = "a response must have a text and no vector for feature space " + SPACE.id();
        refused(null, null, null, RefusalReason.FEATURES_MISSING, must + ", had neither");
        refused(null, new float[3], null, RefusalReason.FEATURES_MISSING, must + ", had a vector of 3 numbers");
        refused(null, new float[3], "text", RefusalReason.FEATURES_MISSING, must + ", had a vector of 3 numbers");
    }

    @Test
    void aTextAboveTheBoundIsRefused() throws Refusal {
        assertThat(SPACE.features(null, null, "a".repeat(100_000))).hasSize(6);
        refused(
                null,
                null,
                "a".repeat(100_001),
                RefusalReason.TOO_LONG,
                "text must have at most 100000 characters, had 100001");
    }

    @Test
    void aResponseForAnotherSpaceIsRefused() {
        refused(
                "essays:0123456789ab",
                null,
                "text",
                RefusalReason.FEATURE_SPACE_MISMATCH,
                "featureSpace must be essays or " + SPACE.id() + ", was essays:0123456789ab");
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        assertThatThrownBy(() -> TextFeatureSpace.fit("a", TEXTS, 60))
                .hasMessage("components must be less than the number of texts, 60, was 60");
        assertThatThrownBy(() -> TextFeatureSpace.fit("a", TEXTS, 0))
                .hasMessage("components must be at least 1, was 0");
        assertThatThrownBy(() -> TextFeatureSpace.fit("a", List.of("x", "y".repeat(100_001)), 1))
                .hasMessage("texts[1] must have at most 100000 characters, had 100001");
        assertThatThrownBy(() -> TextFeatureSpace.fit("a", List.of("red tea", "green tea", "black tea"), 1))
                .hasMessage("log_words must vary over the texts, but all 3 have 2 words");
        assertThatThrownBy(() -> TextFeatureSpace.fit("a b", TEXTS, 1)).hasMessageContaining("was 'a b'");
    }

    private static float[] features(String text) {
        try {
            return SPACE.features(null, null, text);
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(
            @Nullable String featureSpace,
            float @Nullable [] vector,
            @Nullable String text,
            RefusalReason reason,
            String message) {
        assertThatThrownBy(() -> SPACE.features(featureSpace, vector, text))
                .isInstanceOf(Refusal.class)
                .hasMessage(message)
                .extracting(e -> ((Refusal) e).reason())
                .isEqualTo(reason);
    }
}
