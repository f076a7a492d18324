package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.model.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFeatureFileTest {
    private static final TextFeatureSpace SPACE = TextFeatureSpace.fit("essays", Essays.seeded(17, 60), 5);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void save() {
        file = folder.resolve("essays.features");
        SPACE.save(file);
    }

    @Test
    void aLoadedSpaceGivesTheSameBits() throws Refusal {
        TextFeatureSpace loaded = TextFeatureSpace.load(file);

        assertThat(loaded.id()).isEqualTo(SPACE.id());
        assertThat(loaded.names()).isEqualTo(SPACE.names());
        assertThat(loaded.explained()).isEqualTo(SPACE.explained());
        for (String text : Essays.seeded(18, 20)) {
            assertThat(loaded.features(null, null, text)).isEqualTo(SPACE.features(null, null, text));
        }
    }

    @Test
    void theFileIsCompactAndNothingElseIsLeftBehind() throws IOException {
        assertThat(Files.size(file)).isLessThan(4096 * 5 * 4 + 200);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void savingAgainReplacesTheFile() {
        TextFeatureSpace other = TextFeatureSpace.fit("essays", Essays.seeded(17, 60), 4);

        other.save(file);

        assertThat(TextFeatureSpace.load(file).id()).isEqualTo(other.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 22, 45, 47, 60, 100, 50_000})
    void aFlippedBitIsRefused(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> TextFeatureSpace.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feature space");
    }

    @Test
    void aChangedNumberShowsInTheContentHash() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[50_000] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> TextFeatureSpace.load(file))
                .hasMessageStartingWith(
                        "feature space file " + file + " is damaged: it says " + SPACE.id() + ", its content essays:");
    }

    @Test
    void aFileCutShortOrTooLongIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int length : List.of(0, 3, 10, 40, bytes.length - 1)) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> TextFeatureSpace.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file + " is damaged or cut short at " + length + " bytes");
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> TextFeatureSpace.load(file)).hasMessageContaining("bytes follow its end");
    }

    @Test
    void aFileOfAnotherKindVersionOrAnalysisIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, ByteBuffer.wrap(bytes.clone()).putInt(0, 0x504b0304).array());
        assertThatThrownBy(() -> TextFeatureSpace.load(file))
                .hasMessage(file + " is no feature space file: it starts with 504b0304, not 41534654");
        Files.write(file, ByteBuffer.wrap(bytes.clone()).putInt(4, 2).array());
        assertThatThrownBy(() -> TextFeatureSpace.load(file))
                .hasMessage("feature space file " + file + " must have format version 1, had 2");
        Files.write(file, ByteBuffer.wrap(bytes.clone()).putInt(8, 7).array());
        assertThatThrownBy(() -> TextFeatureSpace.load(file))
                .hasMessageContaining("was fitted with another analysis of text (fingerprint 00000007");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> TextFeatureSpace.load(absent))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(absent + " cannot be read");
        assertThatThrownBy(() -> SPACE.save(absent.resolve("deeper")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written");
    }
}
