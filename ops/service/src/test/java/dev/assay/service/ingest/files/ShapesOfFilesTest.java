package dev.assay.service.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.topics.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, arrays, objects one after the other, and what wraps items. Issue 18. */
class ShapesOfFilesTest {
    private static final Path FILES = Path.of("src/test/resources/files");

    @TempDir
    Path folder;

    @Test
    void aLineThatIsNoJsonKeepsNoOtherFromBeingRead() throws Exception {
        assertThat(read("a.jsonl", "{\"a\":1}\n\nno JSON\n{\"a\":2} {\"a\":3}\r\n{\"a\":4}"))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("line 1 {\"a\":1}"),
                        bad -> assertThat(bad).startsWith("line 3 refused: not JSON: Unrecognized token 'no'"),
                        more -> assertThat(more).startsWith("line 4 refused: not JSON: the line goes on"),
                        last -> assertThat(last).isEqualTo("line 5 {\"a\":4}"));
    }

    @Test
    void aFirstLineThatBreaksOffIsOneBadLineWhereTheSecondIsWhole() throws Exception {
        assertThat(read("a.jsonl", "{\"a\":1,\n{\"a\":2}\n"))
                .hasSize(2)
                .element(0)
                .asString()
                .startsWith("line 1 refused: not JSON");
    }

    @Test
    void theElementsOfAnArrayAreCountedAlsoOnOneLine() throws Exception {
        assertThat(Collected.of(FILES.resolve("one-line-array.json")))
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("item 2 {\"prompt\":\"b\"");
    }

    @Test
    void anArrayIsReadUntilItBreaks() throws Exception {
        assertThat(read("a.json", "[{\"a\":1},\n{\"a\":2},\n{\"a\":"))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("item 1 {\"a\":1}"),
                        two -> assertThat(two).isEqualTo("item 2 {\"a\":2}"),
                        end -> assertThat(end)
                                .startsWith("item 3 refused: not JSON")
                                .contains("line 3")
                                .endsWith("what follows in this file cannot be read"));
    }

    @Test
    void whatFollowsAnArrayIsReadToo() throws Exception {
        assertThat(read("a.json", "[{\"a\":1}]\n[{\"a\":2}]")).containsExactly("item 1 {\"a\":1}", "item 2 {\"a\":2}");
    }

    @Test
    void objectsMayTakeManyLinesEach() throws Exception {
        assertThat(Collected.of(FILES.resolve("objects-pretty.jsonl")))
                .singleElement()
                .asString()
                .startsWith("item 1");
        assertThat(read("a.jsonl", "{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n"))
                .containsExactly("item 1 {\"a\":1}", "item 2 {\"a\":2}");
    }

    @Test
    void aNameThatStandsTwiceIsRefusedInLinesAndArraysAlikeAndTheNextItemIsRead() throws Exception {
        String twice = "{\"a\":{\"b\":1,\"b\":2}}";
        String good = "{\"a\":{\"b\":3}}";
        for (String text : List.of(twice + "\n" + good, "[" + twice + "," + good + "]")) {
            assertThat(read(text.startsWith("[") ? "a.json" : "a.jsonl", text))
                    .satisfiesExactly(
                            bad -> assertThat(bad).endsWith("1 refused: b must stand once, stands twice"),
                            next -> assertThat(next).endsWith("2 " + good));
        }
    }

    @Test
    void theRowsOfTheHubsViewerAreReadAndThoseItCutsOffAreRefused() throws Exception {
        assertThat(Collected.of(FILES.resolve("rows.json")))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .isEqualTo("item 1 {\"prompt\":\"Name a colour.\",\"chosen\":\"Blue.\","
                                        + "\"rejected\":\"None.\"}"),
                        cut -> assertThat(cut)
                                .startsWith("item 2 refused: the cells [\"rejected\"] are cut off by the viewer"));
    }

    @Test
    void theSplitsOfAnObjectAreReadOneAfterTheOther() throws Exception {
        assertThat(read("a.json", "{\"version\":2,\"train\":[{\"a\":1}],\"note\":{},\"test\":[{\"a\":2}]}"))
                .containsExactly("item 1 {\"a\":1}", "item 1 passed over: note beside the items", "item 2 {\"a\":2}");
        assertThat(Collected.of(FILES.resolve("splits.json"))).hasSize(1);
    }

    /** As those of code have, or Label Studio's tasks. */
    @Test
    void anItemMayHaveListsOfObjectsItself() throws Exception {
        String item = "{\"prompt\":\"x\",\"test\":[{\"in\":1}],\"data\":{\"a\":1}}";
        assertThat(read("a.json", item)).containsExactly("line 1 " + item);
    }

    @Test
    void columnsInsteadOfRowsAreNamedForWhatTheyAre() throws Exception {
        String recipe = "write it with orient=\"records\", lines=True";
        assertThatThrownBy(() -> ItemFile.open(FILES.resolve("pandas.json"), FileSettings.FOUND)
                        .first())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(recipe);
        Path split =
                Files.writeString(folder.resolve("split.json"), "{\"columns\":[\"a\"],\"index\":[0],\"data\":[[1]]}");
        assertThatThrownBy(() -> ItemFile.open(split, FileSettings.FOUND).first())
                .hasMessageContaining(recipe);
    }

    @Test
    void whatIsNoNumberInJsonIsReadWhereNobodyUsesIt() throws Exception {
        assertThat(Collected.of(FILES.resolve("nan.jsonl")))
                .singleElement()
                .asString()
                .contains("\"NaN\"");
        assertThat(read("a.json", "[{\"a\":-Infinity}]")).hasSize(1);
    }

    @Test
    void theFirstItemIsFoundBehindLinesThatAreNone() throws Exception {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "# a comment\n{\"a\":1}\n");
        assertThat(ItemFile.open(file, FileSettings.FOUND).first().map(JsonNode::toString))
                .contains("{\"a\":1}");
    }

    @Test
    void onlyFilesThatGetTheirItemsAtTheEndMayGrow() throws Exception {
        assertThat(open("a.jsonl", "{\"a\":1}\n").grows()).isTrue();
        assertThat(open("a.csv", "a,b\n1,2\n").grows()).isTrue();
        assertThat(open("a.json", "[{\"a\":1}]").grows()).isFalse();
    }

    private ItemFile open(String name, String text) throws Exception {
        return ItemFile.open(Files.writeString(folder.resolve(name), text), FileSettings.FOUND);
    }

    private List<String> read(String name, String text) throws Exception {
        return Collected.of(Files.writeString(folder.resolve(name), text));
    }
}
