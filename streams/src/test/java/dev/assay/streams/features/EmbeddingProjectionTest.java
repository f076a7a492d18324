package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.streams.features.embed.Contract;
import dev.assay.streams.features.embed.Embedder;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingProjectionTest {
    private static final EmbeddingSource SOURCE = new EmbeddingSource(Contract.TEI, "small", 6);
    private static final List<float[]> EMBEDDINGS = embeddings();
    private static final EmbeddingProjection PROJECTION = EmbeddingProjection.fit("essays", SOURCE, EMBEDDINGS, 2);

    @TempDir
    Path folder;

    /** Two directions that vary, far from 0, and a little noise. */
    private static List<float[]> embeddings() {
        Random random = new Random(5);
        List<float[]> embeddings = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            float[] embedding = new float[6];
            double first = 3 * random.nextGaussian();
            double second = random.nextGaussian();
            for (int j = 0; j < 6; j++) {
                double direction = j < 3 ? first : second;
                embedding[j] = (float) (10 + direction + 0.01 * random.nextGaussian());
            }
            embeddings.add(embedding);
        }
        return embeddings;
    }

    @Test
    void whatVariesIsKeptAroundAMeanOfZero() {
        assertThat(PROJECTION.explained()).isBetween(0.999, 1.0);
        double[] sums = new double[2];
        double[] squares = new double[2];
        for (float[] embedding : EMBEDDINGS) {
            float[] features = PROJECTION.features(embedding);
            for (int c = 0; c < 2; c++) {
                sums[c] += features[c];
                squares[c] += features[c] * features[c];
            }
        }
        assertThat(sums[0] / 300).isCloseTo(0, within(1e-5)); // float32 of numbers about 10
        assertThat(sums[1] / 300).isCloseTo(0, within(1e-5));
        assertThat(squares[0] / 300).isBetween(20.0, 34.0); // 3 · 3², drawn 300 times
        assertThat(squares[1] / 300).isBetween(2.2, 3.8); // 3 · 1²
    }

    @Test
    void theOrderOfTheTextsDoesNotMatter() {
        List<float[]> shuffled = new ArrayList<>(EMBEDDINGS);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(EmbeddingProjection.fit("essays", SOURCE, shuffled, 2).id()).isEqualTo(PROJECTION.id());
    }

    @Test
    void whatIsSavedIsLoadedAsTheSameBits() {
        Path file = folder.resolve("essays.features");
        PROJECTION.save(file);

        EmbeddingProjection loaded = EmbeddingProjection.load(file);

        assertThat(EmbeddingProjection.isSavedIn(file)).isTrue();
        assertThat(loaded.id()).isEqualTo(PROJECTION.id());
        assertThat(loaded.source()).isEqualTo(SOURCE);
        for (float[] embedding : EMBEDDINGS) {
            assertThat(loaded.features(embedding)).isEqualTo(PROJECTION.features(embedding));
        }
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        Path file = folder.resolve("essays.features");
        PROJECTION.save(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 60; at < bytes.length; at += 17) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThatThrownBy(() -> EmbeddingProjection.load(file)).isInstanceOf(IllegalArgumentException.class);
        }
        Files.write(file, new byte[] {1, 2, 3, 4, 5});
        assertThatThrownBy(() -> EmbeddingProjection.load(file)).hasMessageContaining("no projection of embeddings");
    }

    @Test
    void aFileOfTheOtherKindIsNamed() {
        Path file = folder.resolve("essays.features");
        PROJECTION.save(file);
        assertThatThrownBy(() -> TextFeatureSpace.load(file)).hasMessageContaining("features.kind must be embeddings");
        TextFeatureSpace.fit("essays", Essays.seeded(1, 20), 3).save(file);
        assertThatThrownBy(() -> EmbeddingProjection.load(file)).hasMessageContaining("no projection of embeddings");
    }

    @Test
    void aSpaceProjectsWhatTheServerAnswersAndIsNamedByIt() throws Exception {
        Embedder server = texts ->
                texts.stream().map(text -> EMBEDDINGS.get(text.length())).toList();
        FeatureSpace space = new EmbeddingFeatureSpace("essays", SOURCE, PROJECTION, server, new EmbeddingCounts());

        assertThat(space.id()).isEqualTo(PROJECTION.id());
        assertThat(space.names()).containsExactly("pc_1", "pc_2");
        assertThat(space.features(null, null, "abc")).isEqualTo(PROJECTION.features(EMBEDDINGS.get(3)));
        FeatureSpace raw = new EmbeddingFeatureSpace("essays", SOURCE, null, server, new EmbeddingCounts());
        assertThat(raw.features("essays", null, "abc")).isEqualTo(EMBEDDINGS.get(3));
        assertThat(raw.id()).isNotEqualTo(space.id());
    }

    @Test
    void aProjectionOfOtherEmbeddingsIsRefused() {
        EmbeddingSource other = new EmbeddingSource(Contract.TEI, "large", 6);
        assertThatThrownBy(() -> new EmbeddingFeatureSpace(
                        "essays", other, PROJECTION, texts -> List.of(), new EmbeddingCounts()))
                .hasMessage(
                        "the projection must be of embeddings by tei model large of dimension 6, was fitted on those by"
                                + " tei model small of dimension 6");
    }

    @Test
    void whatIsNoTextOfThisSpaceIsRefusedWithoutAskingTheServer() {
        Embedder never = texts -> {
            throw new AssertionError("asked");
        };
        FeatureSpace space = new EmbeddingFeatureSpace("essays", SOURCE, null, never, new EmbeddingCounts());

        refused(() -> space.features("poems", null, "abc"), RefusalReason.FEATURE_SPACE_MISMATCH);
        refused(() -> space.features(null, new float[6], null), RefusalReason.FEATURES_MISSING);
        refused(() -> space.features(null, null, null), RefusalReason.FEATURES_MISSING);
        refused(() -> space.features(null, null, "a".repeat(100_001)), RefusalReason.TOO_LONG);
    }

    private static void refused(ThrowingCallable asking, RefusalReason reason) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
