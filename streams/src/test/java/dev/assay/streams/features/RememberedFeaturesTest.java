package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.features.embed.Contract;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RememberedFeaturesTest {
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private boolean failing;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeatureSpace lengths = new EmbeddingFeatureSpace(
            "lengths",
            new EmbeddingSource(Contract.TEI, "", 1),
            null,
            texts -> {
                if (failing) {
                    throw new IllegalStateException("down");
                }
                asked.add(List.copyOf(texts));
                return texts.stream().map(text -> new float[] {text.length()}).toList();
            },
            new EmbeddingCounts());

    @Test
    void whatIsNotRememberedIsAskedForAtOnceAndEachTextOnce() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 10, meters, "admit");
        remembered.features(null, null, "a");

        List<float[]> features = remembered.features(null, sent("bb", "a", "ccc", "bb"));

        assertThat(features).extracting(vector -> (int) vector[0]).containsExactly(2, 1, 3, 2);
        assertThat(asked).containsExactly(List.of("a"), List.of("bb", "ccc"));
        assertThat(meters.get("admit.features.made").counter().count()).isEqualTo(3);
        assertThat(meters.get("admit.features.remembered").counter().count()).isEqualTo(2);
    }

    @Test
    void moreTextsThanItsCapacityAreNotRemembered() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 2, meters, "admit");
        for (int i = 0; i < 200; i++) {
            remembered.features(null, null, "text " + i % 100);
        }

        assertThat(meters.get("admit.features.made").counter().count()).isBetween(198.0, 200.0);
    }

    @Test
    void aTextForgottenWhileOthersAreMadeIsAnsweredAllTheSame() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 2);
        remembered.features(null, sent("a", "bb"));

        List<float[]> features = remembered.features(null, sent("a", "ccc", "dddd", "eeeee"));

        assertThat(features).extracting(vector -> (int) vector[0]).containsExactly(1, 3, 4, 5);
        assertThat(asked).containsExactly(List.of("a", "bb"), List.of("ccc", "dddd", "eeeee"));
    }

    @Test
    void whatCouldNotBeMadeIsNotRemembered() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 10);
        failing = true;
        assertThatThrownBy(() -> remembered.features(null, sent("a", "bb"))).hasMessage("down");
        failing = false;

        assertThat(remembered.features(null, null, "a")).containsExactly(1);
        assertThat(asked).containsExactly(List.of("a"));
    }

    @Test
    void manyThreadsGetTheFeaturesOfTheirOwnTexts() {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 10);

        List<Integer> sizes = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return (int) remembered.features(null, null, "x".repeat(i % 50))[0];
                    } catch (Refusal e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(sizes)
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> i % 50).toList());
    }

    @Test
    void theReceiverMayChangeWhatItGets() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 2);
        remembered.features(null, null, "a")[0] = 7;

        assertThat(remembered.features(null, null, "a")).containsExactly(1);
    }

    @Test
    void aTextThatIsRememberedIsStillRefusedForAnotherSpace() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 2);
        remembered.features(null, null, "a");
        remembered.features("lengths", null, "a");
        remembered.features("lengths", null, "a");

        assertThatThrownBy(() -> remembered.features("others", null, "a")).isInstanceOf(Refusal.class);
        assertThat(asked).hasSize(2);
    }

    private static List<SentResponse> sent(String... texts) {
        return Stream.of(texts).map(text -> new SentResponse(null, text)).toList();
    }
}
