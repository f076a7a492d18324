package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.ingest.formats.Intake.Judged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line to try, for files that nobody knows, and what it would read in words. */
class GuessTest {
    @Test
    void namesAndValuesSayWhatIsWhat() throws IOException {
        List<JsonNode> rows = rows(
                "{\"task\": \"Name a colour.\", \"text1\": \"Blue.\", \"text2\": \"None.\", \"better\": 1, \"worker\":"
                        + " \"ann\"}",
                "{\"task\": \"Name a fruit.\", \"text1\": \"Plant.\", \"text2\": \"Pear.\", \"better\": 2, \"worker\":"
                        + " \"bob\"}");
        assertThat(line(rows)).isEqualTo("prompt=task,first=text1,second=text2,winner=better[1|2],annotator=worker");
        assertThat(told(rows))
                .containsExactly(
                        "ann preferred *Blue.* to *None.* for *Name a colour.*",
                        "bob preferred *Pear.* to *Plant.* for *Name a fruit.*");
    }

    @Test
    void wordsForASideGiveThoseForTheOther() throws IOException {
        List<JsonNode> rows = rows(
                "{\"q\": \"Name a colour.\", \"left\": \"Blue.\", \"right\": \"None.\", \"verdict\": \"left is"
                        + " better\"}",
                "{\"q\": \"Name a fruit.\", \"left\": \"Plant.\", \"right\": \"Pear.\", \"verdict\": \"both equal\"}");
        assertThat(line(rows))
                .isEqualTo("prompt=q,left=left,right=right,"
                        + "winner=verdict[a=left is better|b=right is better|tie=both equal]");
        assertThat(told(rows))
                .containsExactly(
                        "somebody preferred *Blue.* to *None.* for *Name a colour.*",
                        "somebody found *Plant.* and *Pear.* equal for *Name a fruit.*");
    }

    @Test
    void whatComesAgainAndAgainIsAnItem() throws IOException {
        List<JsonNode> rows = rows(
                "{\"Essay A\": \"12\", \"Essay B\": \"3\", \"Pick\": \"3\", \"Teacher\": \"t1\"}",
                "{\"Essay A\": \"12\", \"Essay B\": \"4\", \"Pick\": \"12\", \"Teacher\": \"t1\"}");
        assertThat(line(rows))
                .isEqualTo("first=Essay A,second=Essay B,winner=Pick[item],policy-first=Essay A,policy-second=Essay B,"
                        + "annotator=Teacher");
    }

    @Test
    void listsAreRankedByTheNumbersBesideThem() throws IOException {
        assertThat(line(rows("{\"ask\": 1, \"replies\": [\"x\", \"y\"], \"ratings\": [1, 2]}")))
                .isEqualTo("responses=replies,score=ratings");
        assertThat(line(rows("{\"replies\": [\"x\", \"y\"], \"their rank\": [1, 2]}")))
                .isEqualTo("responses=replies,rank=their rank");
    }

    @Test
    void aWinnerAndALoserMayHaveAnyNames() throws IOException {
        List<JsonNode> rows =
                rows("{\"preferred_answer\": \"Blue.\", \"dispreferred_answer\": \"None.\", \"question text\": \"Why,"
                        + " then?\"}");
        assertThat(line(rows)).isEqualTo("prompt=question text,chosen=preferred_answer,rejected=dispreferred_answer");
    }

    @Test
    void theMessageHasKeysTheNearestFormatAndALine() throws IOException {
        Guess near =
                Guess.of(rows("{\"instruction\": \"x\", \"output_1\": \"y\", \"output_2\": \"z\", \"pref\": 1.2}"));
        Guess far = Guess.of(rows("{\"a\": 1, \"b\": 2}"));
        assertThat(near.message())
                .isEqualTo("it has instruction, output_1, output_2, pref; the nearest format is alpaca-eval, which has"
                        + " preference too; try --columns"
                        + " 'prompt=instruction,first=output_1,second=output_2,winner=pref[1..2]'");
        assertThat(far.message())
                .isEqualTo("it has a, b; name its columns with --columns first=…,second=…,winner=…[…] or --columns"
                        + " chosen=…,rejected=…");
    }

    @Test
    void longTextsAreToldByTheirFirstWords() throws Exception {
        Items rows = Columns.parse("prompt=p,ranking=r").format().items(PlatformSettings.DEFAULTS, "a-file");
        String json = "{\"p\": \"Name\\n"
                + "a colour.\", \"r\": [\"Blue like the sea on a fine day in the south.\", \"Red.\", \"None.\"]}";
        assertThat(InWords.of(
                        (Judged) rows.read(new ObjectMapper().readTree(json)).get(0)))
                .isEqualTo("somebody preferred *Blue like the sea on a fine day in the …* to *Red.*, then *None.*"
                        + " for *Name a colour.*");
    }

    private static List<JsonNode> rows(String... json) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String row : json) {
            rows.add(new ObjectMapper().readTree(row));
        }
        return rows;
    }

    private static String line(List<JsonNode> rows) {
        return Guess.of(rows).columns().orElseThrow().line();
    }

    private static List<String> told(List<JsonNode> rows) {
        Items items = Guess.of(rows).columns().orElseThrow().format().items(PlatformSettings.DEFAULTS, "a-file");
        return rows.stream()
                .flatMap(row -> items.read(row).stream())
                .map(intake -> InWords.of((Judged) intake))
                .toList();
    }
}
