package dev.assay.service.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, a file ends as items and refusals, or says what it is. More with {@code -Dassay.fuzz=1000000}. */
class BrokenFilesTest {
    private static final Path FILES = Path.of("src/test/resources/files");
    private static final int TRIES = Integer.getInteger("assay.fuzz", 2_000);

    @TempDir
    Path folder;

    /** Or the half of an item would be taken for a whole one. */
    @Test
    void aFileThatBreaksOffAnywhereHasTheItemsBeforeAndSaysThatTheLastIsNone() throws Exception {
        String first = "{\"a\":[1,{\"b\":null}],\"c\":\"x\"}";
        String text = "[" + first + ", {\"d\":{\"e\":true}} ]";
        for (int end = 1; end < text.length(); end++) {
            List<String> read = Collected.of(Files.writeString(folder.resolve("a.json"), text.substring(0, end)));
            List<String> whole = new ArrayList<>();
            if (end >= 1 + first.length()) {
                whole.add("item 1 " + first);
            }
            if (text.substring(0, end).endsWith("}}")) {
                whole.add("item 2 {\"d\":{\"e\":true}}");
            } else if (end == text.length() - 1) {
                whole.add("item 2 {\"d\":{\"e\":true}}");
            }
            assertThat(read).as(text.substring(0, end)).hasSize(whole.size() + 1);
            assertThat(read.subList(0, whole.size())).isEqualTo(whole);
            assertThat(read.get(whole.size())).contains("refused: not JSON");
        }
    }

    @Test
    void bytesOfAnyKindAreReadOrRefused() throws Exception {
        List<byte[]> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
        }
        Random random = new Random(18);
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = mutated(samples.get(random.nextInt(samples.size())), random);
            String name =
                    List.of("a.json", "a.jsonl", "a.csv", "a.tsv.gz", "a.txt").get(random.nextInt(5));
            read(Files.write(folder.resolve(name), bytes), i);
        }
    }

    private static void read(Path file, int number) throws IOException {
        try {
            ItemFile opened = ItemFile.open(file, FileSettings.FOUND);
            opened.first();
            opened.read(new Collected());
        } catch (InvalidInputException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "try " + number + ": " + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), e);
        }
    }

    private static byte[] mutated(byte[] sample, Random random) {
        byte[] bytes = Arrays.copyOf(sample, sample.length + random.nextInt(3));
        for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 1; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:;\t\n\\|0".charAt(random.nextInt(13));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> System.arraycopy(bytes, at / 2, bytes, at, Math.min(bytes.length - at, at - at / 2));
            }
        }
        return bytes;
    }
}
