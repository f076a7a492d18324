package dev.assay.service.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.assay.service.topics.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes become the characters that were meant, or are refused. Issue 18. */
class EncodingsTest {
    private static final Path FILES = Path.of("src/test/resources/files");
    private static final String ITEM = "{\"a\":\"Süß, 中文 und 🙂\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void theEncodingIsSeenWithAMarkAndWithoutInLinesAndArrays(String encoding) throws Exception {
        Charset charset = Charset.forName(encoding);
        for (String mark : List.of("", "\uFEFF")) {
            assertThat(read("a.jsonl", (mark + ITEM + "\n" + ITEM).getBytes(charset)))
                    .containsExactly("line 1 " + ITEM, "line 2 " + ITEM);
            assertThat(read("a.json", (mark + "[" + ITEM + "]").getBytes(charset)))
                    .containsExactly("item 1 " + ITEM);
        }
    }

    @Test
    void whatWindowsWritesAsUnicodeIsRead() throws Exception {
        assertThat(Collected.of(FILES.resolve("utf16.jsonl")))
                .singleElement()
                .asString()
                .contains("\"Blue.\"");
    }

    @Test
    void bytesThatAreNoTextRefuseTheirItemAloneAndNoneBecomesAnother() throws Exception {
        byte[] latin = (ITEM + "\n{\"a\":\"été\"}\n" + "{\"a\":1}").getBytes(StandardCharsets.ISO_8859_1);
        byte[] array = "[{\"a\":\"été\"},{\"a\":1}]".getBytes(StandardCharsets.ISO_8859_1);
        String refused = "refused: bytes that are no UTF-8; name the encoding with --encoding, such as latin1";
        assertThat(read("a.jsonl", latin))
                .containsExactly("line 1 " + refused, "line 2 " + refused, "line 3 {\"a\":1}");
        assertThat(read("a.json", array)).containsExactly("item 1 " + refused, "item 2 {\"a\":1}");
        assertThat(read("a.csv", "a,b\nx,été\ny,z\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("row 1 (line 2) " + refused, "row 2 (line 3) {\"a\":\"y\",\"b\":\"z\"}");
    }

    /** As programs leave it that cut texts: written on, it would become a question mark. */
    @Test
    void halfOfACharacterRefusesItsItem() throws Exception {
        assertThat(read(
                        "a.jsonl",
                        "{\"a\":\"x\\ud83d\"}\n{\"a\":\"x\\ud83d\\ude42\"}".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "line 1 refused: a text must have whole characters, has half of one: a surrogate without the"
                                + " other",
                        "line 2 {\"a\":\"x🙂\"}");
    }

    @Test
    void aNamedEncodingReadsThem() throws Exception {
        assertThat(Collected.of(FILES.resolve("latin1.jsonl"), FileSettings.of("latin1", null, null)))
                .singleElement()
                .asString()
                .contains("C'est été.", "C'est âgé.".substring(0, 5));
    }

    @Test
    void anEncodingThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> FileSettings.of("latin-eins", null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--encoding must be one that Java knows")
                .hasMessageEndingWith("was latin-eins");
    }

    /** Characters of two units and bytes of four stand across every border of the buffers once. */
    @Test
    void noCharacterIsLostBetweenTwoBuffers() throws Exception {
        String text = "🙂é".repeat(70_000);
        for (int shift = 0; shift < 4; shift++) {
            String item = "{\"a\":\"" + "x".repeat(shift) + text + "\"}";
            assertThat(read("a.jsonl", item.getBytes(StandardCharsets.UTF_8)).equals(List.of("line 1 " + item)))
                    .as("shifted by %d", shift) // too long to be shown
                    .isTrue();
        }
    }

    @Test
    void whatIsPackedIsSeenWhateverTheNameSays() throws Exception {
        for (String name : List.of("a.jsonl.gz", "a.jsonl")) {
            assertThat(read(name, gzip(ITEM))).containsExactly("line 1 " + ITEM);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(bytes)) {
            zstd.write(ITEM.getBytes(StandardCharsets.UTF_8));
        }
        for (String name : List.of("a.jsonl.zst", "a.jsonl")) {
            assertThat(read(name, bytes.toByteArray())).containsExactly("line 1 " + ITEM);
        }
    }

    @Test
    void aNameThatSaysMoreThanTheBytesIsRefused() {
        assertThatThrownBy(() -> Collected.of(FILES.resolve("plain-text.jsonl.gz")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("plain-text.jsonl.gz is not gzip (it begins with {): rename it");
    }

    @Test
    void aPackedFileThatBreaksOffIsReadThusFarAndSaysSo() throws Exception {
        byte[] whole = gzip((ITEM + "\n").repeat(1000));
        assertThat(read("a.jsonl.gz", Arrays.copyOf(whole, whole.length - 20)))
                .contains("line 1 " + ITEM)
                .last()
                .asString()
                .contains("refused: the file cannot be read to its end");
    }

    @Test
    void kindsThatAreNotReadComeWithTheWayOn() throws Exception {
        Path parquet = Files.writeString(folder.resolve("a.parquet"), "PAR1 and so on");
        Path excel = Files.writeString(folder.resolve("a.xlsx"), "PK\u0003\u0004 and so on");
        assertThatThrownBy(() -> Collected.of(parquet)).hasMessageContaining("pandas.read_parquet");
        assertThatThrownBy(() -> Collected.of(excel)).hasMessageContaining("save it as CSV");
        Path other = Files.writeString(folder.resolve("a.log"), "{}");
        assertThatThrownBy(() -> Collected.of(other)).hasMessageContainingAll("FILE must be .jsonl,", "a.log");
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b});
        assertThatThrownBy(() -> Collected.of(cut)).hasMessageContaining("begins as gzip and is none that can be read");
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private List<String> read(String name, byte[] bytes) throws Exception {
        return Collected.of(Files.write(folder.resolve(name), bytes));
    }
}
