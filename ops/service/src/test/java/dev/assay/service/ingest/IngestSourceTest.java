package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files become what they ask for, each with its place. Issue 18. */
class IngestSourceTest {
    private static final Path FILES = Path.of("src/test/resources/files");
    private static final IngestSource.Reading AS_FOUND = new IngestSource.Reading(null, PlatformSettings.DEFAULTS);

    @TempDir
    Path folder;

    @Test
    void whatIsNotUnderstoodHasThePlaceOfItsItem() throws Exception {
        assertThat(refusals(open(FILES.resolve("one-line-array.json"))))
                .containsExactly("item 3: chosen must be a string or a list of messages, was 5");
    }

    @Test
    void thePlatformsOwnIdsAreNamed() throws Exception {
        Path file = Files.writeString(
                folder.resolve("export.json"),
                "[{\"id\": 32, \"data\": {\"prompt\": \"Which?\", \"a\": \"x\", \"b\": \"y\"}, \"annotations\": ["
                        + "{\"id\": 7, \"result\": 3}, {\"id\": 8, \"result\": 4}]}]");
        assertThat(refusals(open(file)))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("item 1 (id 32): annotation 7: "),
                        other -> assertThat(other).startsWith("item 1 (id 32): annotation 8: "));
    }

    @Test
    void aTableIsReadAsTheFormatThatItsColumnsName() throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "prompt;chosen;rejected;mood\n;\"Blue; or so.\";None.;\nName a fruit.;Pear.;Plant.;good\n");
        IngestSource source = open(file);
        assertThat(source.said()).endsWith("a.csv: trl, as its first item shows, 4 columns, delimiter ;");
        List<Intake> asked = new ArrayList<>();
        source.read((place, each) -> asked.addAll(each));
        assertThat(asked).hasSize(2).allSatisfy(one -> assertThat(one).isInstanceOf(Intake.Judged.class));
    }

    @Test
    void whatNobodyAsksForIsCounted() throws Exception {
        String row = "{\"context\": \"a\", \"response1\": \"x\", \"response2\": \"y\", \"overall_preference\": 1, ";
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                row + "\"mood\": \"good\", \"note\": null}\n" + row + "\"mood\": \"bad\"}\n");
        IngestSource source = open(file);
        source.read((place, asked) -> {});
        assertThat(source.passedOver()).isEqualTo(Map.of("mood", 2L));
    }

    @Test
    void aFormatThatNobodyKnowsShowsWhatTheFileHas() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"left\": 1, \"right\": 2}\n");
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "is not to be seen in its first item: it has left, right; the nearest format is votes,"
                                + " which has chosen too; name its columns with --columns")
                .hasMessageContaining("the formats by name (--format) are neutral, converted, label-studio");
    }

    @Test
    void whyNoItemCanBeReadIsSaid() {
        assertThatThrownBy(() -> open(FILES.resolve("duplicate-key.json")))
                .hasMessageEndingWith("has no item that can be read; item 1: prompt must stand once, stands twice");
    }

    private static IngestSource open(Path file) throws Exception {
        return IngestSource.of(file, AS_FOUND);
    }

    private static List<String> refusals(IngestSource source) throws Exception {
        List<String> refusals = new ArrayList<>();
        source.read((place, asked) -> {
            for (Intake intake : asked) {
                if (intake instanceof Intake.NotUnderstood not) {
                    refusals.add(place.said() + ": " + not.why());
                }
            }
        });
        return refusals;
    }
}
