package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.features.embed.Contract;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.model.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RememberedFeaturesTest {
    private final List<List<String>> asked = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeatureSpace lengths = new EmbeddingFeatureSpace(
            "lengths",
            new EmbeddingSource(Contract.TEI, "", 1),
            null,
            texts -> {
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
    void theTextLongestUnusedIsForgottenThoughItIsAskedForInTheSameBreath() throws Refusal {
        RememberedFeatures remembered = new RememberedFeatures(lengths, 2);
        remembered.features(null, sent("a", "bb"));

        List<float[]> features = remembered.features(null, sent("a", "ccc", "dddd"));

        assertThat(features).extracting(vector -> (int) vector[0]).containsExactly(1, 3, 4);
        remembered.features(null, null, "bb");
        assertThat(asked).endsWith(List.of("ccc", "dddd"), List.of("bb"));
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
