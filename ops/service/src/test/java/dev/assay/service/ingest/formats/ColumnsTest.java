package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.assay.service.ingest.formats.Intake.Ignored;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows whose columns somebody named. */
class ColumnsTest {
    private static final String PAIR = "first=a,second=b,winner=w";

    @ParameterizedTest(name = "{0} of {1} says {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "w; a; FIRST",
                "w; B; SECOND",
                "w; 2; SECOND",
                "w; 1.0; FIRST",
                "w; model_b; SECOND",
                "w; Candidate A; FIRST",
                "w; right; SECOND",
                "w; draw; TIE",
                "w; both; TIE",
                "w; both_bad; none",
                "w; Blue.; FIRST",
                "w[left|right|same|skip]; right; SECOND",
                "w[left|right|same|skip]; same; TIE",
                "w[left|right|same|skip]; skip; none",
                "w[0|1]; 0; FIRST",
                "w[1|0]; 0; SECOND",
                "w[b=right/r|a=left/l]; R; SECOND",
                "w[1..2]; 1.06; FIRST",
                "w[1..2]; 1.5; TIE",
                "w[1..2|tie=0]; 0; TIE",
                "w[-3..3]; 2; SECOND",
                "w[7..1]; 6; FIRST",
                "w[score]; 3:1; FIRST",
                "w[score]; 1/2-1/2; TIE",
                "w[score]; 0-1; SECOND"
            })
    void theWinnerIsSaidInManyWays(String winner, String cell, String expected) throws Exception {
        List<Intake> read = read("first=a,second=b,winner=" + winner, row("Blue.", "None.", cell));
        if (expected.equals("none")) {
            assertThat(read).singleElement().isInstanceOf(Ignored.class);
        } else {
            assertThat(judgment(read).ranking())
                    .isEqualTo(
                            expected.equals("FIRST")
                                    ? Ranks.FIRST
                                    : expected.equals("SECOND") ? Ranks.SECOND : Ranks.TIE);
        }
    }

    @Test
    void ofZeroAndOneNobodyKnowsWhichIsTheFirst() throws Exception {
        assertThat(refusal(PAIR, row("Blue.", "None.", "0")))
                .isEqualTo("w must be 1 or 2 (of 0 and 1 nobody knows which is the first: write w[0|1] or [1|0]), and"
                        + " a 1 before the first 0 was read as the first, was \"0\"");
    }

    @Test
    void behindAZeroAOneIsNoLongerClear() throws Exception {
        Items rows = Columns.parse(PAIR).format().items(PlatformSettings.DEFAULTS, "a-file");
        rows.read(new ObjectMapper().readTree(row("Blue.", "None.", "0")));
        assertThat(rows.read(new ObjectMapper().readTree(row("Blue.", "None.", "1"))))
                .singleElement()
                .isInstanceOf(NotUnderstood.class);
        assertThat(rows.read(new ObjectMapper().readTree(row("Blue.", "None.", "a"))))
                .singleElement()
                .isInstanceOf(Judged.class);
    }

    @Test
    void zeroAndOneAreClearWhereTheColumnsHaveThoseNames() throws Exception {
        String json = "{\"response_0\": \"Blue.\", \"response_1\": \"None.\", \"better\": 1}";
        assertThat(judgment(read("first=response_0,second=response_1,winner=better", json))
                        .ranking())
                .isEqualTo(Ranks.SECOND);
    }

    @Test
    void aValueThatIsOneItemAndTheWordForTheOtherIsRefused() throws Exception {
        assertThat(refusal(PAIR, row("2", "1", "1"))).contains("w[item]", "[1|2]");
        assertThat(judgment(read("first=a,second=b,winner=w[item]", row("2", "1", "1")))
                        .ranking())
                .isEqualTo(Ranks.SECOND);
    }

    @Test
    void aValueThatIsNoneOfThoseNamedIsRefusedWithColumnBoundAndValue() throws Exception {
        assertThat(refusal("first=a,second=b,winner=w[l|r]", row("Blue.", "None.", "x")))
                .isEqualTo("w must be one of {FIRST=[l], SECOND=[r]}, was \"x\"");
    }

    @Test
    void aPathIsALiteralNameFirstAndElseNested() throws Exception {
        String json = """
            {"x.y": "Blue.", "x": {"y": "no"}, "list": [{"text": "None."}], "w": "a", "q": {"z.z": "Name a colour."}}
            """;
        List<Intake> read = read("prompt=q.z.z,first=x.y,second=list.0.text,winner=w", json);
        assertThat(texts(judgment(read))).containsExactly("Blue.", "None.");
        assertThat(judged(read).prompt()).isEqualTo("Name a colour.");
    }

    @Test
    void namesWithSignsAreQuotedAndSeveralAreJoined() throws Exception {
        String json =
                "{\"a, \\\"b\\\"\": \"Name one.\", \"in+put\": \"Of colours.\", \"c\": \"Blue.\", \"r\": \"None.\"}";
        List<Intake> read = read("prompt=\"a, \"\"b\"\"\"+\"in+put\",chosen=c,rejected=r", json);
        assertThat(judged(read).prompt()).isEqualTo("Name one.\n\nOf colours.");
    }

    @Test
    void aLineIsWhatMadeIt() throws Exception {
        for (String line : List.of(
                "prompt=\"a, b\"+c,first=x.y,second=z,winner=w[l/left|r|tie=same],annotator=who|rater,context.s=s",
                "prompt==Which is better?,chosen=c,rejected=r")) {
            assertThat(Columns.parse(line).line()).isEqualTo(line);
            assertThat(Columns.parse(Columns.parse(line).line())).isEqualTo(Columns.parse(line));
        }
    }

    @Test
    void numbersBecomeNumbersAndIdsStayTexts() throws Exception {
        String json = """
            {"a": "Blue.", "b": "None.", "w": "a", "who": "007", "secs": "4,1", "n": "1.5", "zip": "01234", "t": "1717161786"}
            """;
        Judgment judgment = judgment(
                read(PAIR + ",annotator=who,time=t,context.secs=secs,context.n=n,context.zip=zip,decimal=comma", json));
        assertThat(judgment.annotatorId()).isEqualTo("007");
        assertThat(judgment.occasion().context())
                .containsEntry("secs", 4.1)
                .containsEntry("n", 1.5)
                .containsEntry("zip", "01234");
        assertThat(judgment.occasion().judgedAt()).isEqualTo(Instant.parse("2024-05-31T13:23:06Z"));
    }

    @Test
    void underAnIdAWinnerMayChangeAndWithoutOneBothStand() throws Exception {
        String a = "{\"id\": 1, \"a\": \"Blue.\", \"b\": \"None.\", \"w\": \"a\"}";
        String b = a.replace("\"w\": \"a\"", "\"w\": \"b\"");
        assertThat(judgment(read(PAIR + ",id=id", a)).judgmentId())
                .startsWith("columns:1:")
                .isEqualTo(judgment(read(PAIR + ",id=id", b)).judgmentId());
        assertThat(judgment(read(PAIR, a)).judgmentId())
                .isNotEqualTo(judgment(read(PAIR, b)).judgmentId());
    }

    @Test
    void whatNamesNoAnnotatorAndWhatIsNotReadIsSaid() throws Exception {
        List<Intake> read =
                read(PAIR + ",annotator=ratr", "{\"a\": \"x y\", \"b\": \"z\", \"w\": \"a\", \"rater\": \"ann\"}");
        assertThat(judged(read).remarks())
                .containsExactly(
                        "has no prompt (columns: a, b, w, rater)",
                        "has nothing in column ratr (annotator)",
                        "has columns that are not read: rater");
    }

    @Test
    void leftIsShownFirstAndAColumnMaySayIt() throws Exception {
        String json = "{\"a\": \"x\", \"b\": \"z\", \"w\": \"a\", \"top\": \"b\"}";
        assertThat(judgment(read(PAIR, json)).occasion().shownFirst()).isNull();
        assertThat(judgment(read("left=a,right=b,winner=w", json)).occasion().shownFirst())
                .isZero();
        assertThat(judgment(read(PAIR + ",shown-first=top", json)).occasion().shownFirst())
                .isEqualTo(1);
    }

    @Test
    void itemsOfOneFileAreTheSameResponsesInAllItsRows() throws Exception {
        String line = "first=a,second=b,winner=w[item],policy-first=a,policy-second=b";
        Judgment one = judgment(read(line, row("X", "Y", "X")));
        Judgment other = judgment(read(line, row("Z", "X", "X")));
        assertThat(one.responses().get(0).responseId())
                .isEqualTo(other.responses().get(1).responseId());
        assertThat(one.responses().get(0).policy()).isEqualTo("X");
        assertThat(one.promptId()).isEqualTo(other.promptId());
    }

    @Test
    void listsAreRankedByRanksByScoresOrBestFirst() throws Exception {
        String json = """
            {"list": ["x", "y", "z"], "ranks": [2, 1, 2], "scores": [0, 5, 1], "order": [2, 0, 1], "all": [{"id": "i", "text": "x"},
             {"id": "j", "text": "y"}], "ids": ["j", "i"]}
            """;
        assertThat(judgment(read("responses=list,rank=ranks", json)).ranking()).containsExactly(2, 1, 2);
        assertThat(judgment(read("responses=list,score=scores", json)).ranking())
                .containsExactly(3, 1, 2);
        assertThat(judgment(read("ranking=list", json)).ranking()).containsExactly(1, 2, 3);
        assertThat(judgment(read("responses=list,ranking=order", json)).ranking())
                .containsExactly(2, 3, 1);
        assertThat(judgment(read("responses=all,ids=all.*.id,ranking=ids", json))
                        .ranking())
                .containsExactly(2, 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "prompt=p; columns must say in one way who won",
                "prompt=p,chosen=c; columns must say in one way who won",
                "chosen=c,rejected=r,first=a,second=b,winner=w; columns must say in one way who won",
                "chosn=c,rejected=r; columns must name one of prompt",
                "chosen=c,chosen=d,rejected=r; columns must name chosen once",
                "chosen=,rejected=r; chosen must name a column",
                "first=a,second=b,winner=w[l|r; winner must end its values with ]",
                "first=\"a,second=b,winner=w; first must end its quote",
                "nonsense; columns must be written ROLE=COLUMN"
            })
    void whatIsWrittenWrongIsRefused(String line, String words) {
        assertThatThrownBy(() -> Columns.parse(line))
                .isInstanceOf(JsonRefusal.class)
                .hasMessageContaining(words);
    }

    @Test
    void aMappingFileSaysTheSame() throws Exception {
        PlatformSettings settings = Committed.settings("""
            columns:
              prompt: question+input
              first: a
              second: b
              winner: w[left|right|tie|bad]
              context: {seconds: secs}
            """);
        assertThat(settings.columns())
                .contains(Columns.parse(
                        "prompt=question+input,first=a,second=b,winner=w[left|right|tie|bad],context.seconds=secs"));
        assertThatThrownBy(() -> PlatformSettings.of(new YAMLMapper().readTree("columns: {chosen: c}")))
                .hasMessageContaining("in one way who won");
    }

    private static String row(String a, String b, String winner) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return json.writeValueAsString(
                json.createObjectNode().put("a", a).put("b", b).put("w", winner));
    }

    private static List<Intake> read(String columns, String json) throws IOException, JsonRefusal {
        return Columns.parse(columns)
                .format()
                .items(PlatformSettings.DEFAULTS, "a-file")
                .read(new ObjectMapper().readTree(json));
    }

    private static String refusal(String columns, String json) throws IOException, JsonRefusal {
        return ((NotUnderstood) read(columns, json).get(0)).why();
    }

    private static Judged judged(List<Intake> read) {
        assertThat(read).singleElement().isInstanceOf(Judged.class);
        return (Judged) read.get(0);
    }

    private static Judgment judgment(List<Intake> read) {
        return judged(read).judgment();
    }

    private static List<String> texts(Judgment judgment) {
        return judgment.responses().stream()
                .map(JudgedResponse::text)
                .map(String::valueOf)
                .toList();
    }
}
