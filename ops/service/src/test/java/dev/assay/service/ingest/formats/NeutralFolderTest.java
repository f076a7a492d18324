package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralFolderTest {
    private static final String GOOD = """
            {"judgment_id": "j1", "annotator_id": "a1", "context": {"stance": "same", "experience": 3, "fast": true, \
            "gone": null}, "prompt_id": "p1", "first": "r2", "second": "r1", "preference": "TIE", \
            "judged_at": "2016-01-31T13:23:06Z", "session": "s1", "shown_first": "SECOND"}""";

    private static final Path FILES = Path.of("src/test/resources/files");

    @TempDir
    Path folder;

    @BeforeEach
    void writeResponses() throws IOException {
        Files.writeString(folder.resolve("responses.jsonl"), """
                {"response_id": "r1", "prompt_id": "p1", "policy": "human", "text": "yes"}
                {"response_id": "r2", "prompt_id": "p1", "text": "no"}
                """);
    }

    @Test
    void aLineBecomesAJudgmentWithTheTextsOfItsResponses() throws Exception {
        Judgment judgment = read(GOOD).get(0);
        assertThat(judgment.annotatorId()).isEqualTo("a1");
        assertThat(judgment.responses()).extracting(JudgedResponse::text).containsExactly("no", "yes");
        assertThat(judgment.ranking()).containsExactly(1, 1);
        assertThat(judgment.occasion().context())
                .containsEntry("stance", "same")
                .containsEntry("experience", 3.0)
                .containsEntry("fast", true)
                .doesNotContainKey("gone");
        assertThat(judgment.occasion().judgedAt()).isEqualTo(Instant.parse("2016-01-31T13:23:06Z"));
        assertThat(judgment.occasion().shownFirst()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"preference\": \"TIE\" | \"preference\": \"BOTH\" | must be FIRST, SECOND or TIE, was \"BOTH\"",
                "\"first\": \"r2\" | \"first\": \"r9\" | first must name a response of this folder, was \"r9\"",
                "\"judgment_id\": \"j1\", | \"judgment_id\": 7.5, | judgment_id must be a string that is not blank, or a whole number, was 7.5",
                "\"session\": | \"weigth\": | weigth is not a field of a judgment; known are [annotator_id",
                "\"annotator_id\": | \"annotator\": | annotator is not a field of a judgment",
                "\"prompt_id\": \"p1\" | \"prompt_id\": \"p2\" | first must name a response to the prompt p2, answers p1, was \"r2\"",
                "2016-01-31T13:23:06Z | yesterday | judged_at must be an instant",
                "\"shown_first\": \"SECOND\" | \"shown_first\": \"LEFT\" | shown_first must be FIRST or SECOND, was \"LEFT\"",
                "\"shown_first\": \"SECOND\" | \"shown_first\": 1 | shown_first must be FIRST or SECOND, was 1",
                "\"experience\": 3 | \"experience\": [3] | context.experience must be a string, a number or a boolean, was [3]"
            })
    void aFaultyLineNamesFileLineFieldAndValue(String good, String bad, String said) {
        assertSecondLineIsRefused(GOOD.replace(good.strip(), bad.strip()), said.strip());
    }

    private static final String RANKED = """
            {"judgment_id": "j2", "prompt_id": "p1", "responses": ["r2", "r1"], "ranking": [2, 1], \
            "shown_first": "r1"}""";

    @Test
    void aRankingNamesItsResponsesAndTheirRanks() throws Exception {
        Judgment judgment = read(RANKED).get(0);
        assertThat(judgment.responses()).extracting(JudgedResponse::responseId).containsExactly("r2", "r1");
        assertThat(judgment.ranking()).containsExactly(2, 1);
        assertThat(judgment.occasion().shownFirst()).isEqualTo(1);
        assertThat(read(RANKED.replace("\"shown_first\": \"r1\"", "\"shown_first\": 0"))
                        .get(0)
                        .occasion()
                        .shownFirst())
                .isEqualTo(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[2, 1] | [2] | ranking must have a rank for each of the 2 responses, has 1",
                "[2, 1] | [2, 1.5] | ranking[1] must be a whole number from -2147483648 to 2147483647, was 1.5",
                "[2, 1] | 3 | ranking must be an array, was 3",
                "[\"r2\", \"r1\"] | [\"r2\", \"r7\"] | responses[1] must name a response of this folder, was \"r7\"",
                "[\"r2\", \"r1\"] | [\"r2\", 1] | responses[1] must name a response of this folder, was 1",
                "\"shown_first\": \"r1\" | \"shown_first\": \"FIRST\" | shown_first must be one of the responses, or an index from 0 to 1, was \"FIRST\"",
                "\"shown_first\": \"r1\" | \"shown_first\": 2 | or an index from 0 to 1, was 2",
                "\"shown_first\": \"r1\" | \"shown_first\": 0.5 | or an index from 0 to 1, was 0.5",
                "\"shown_first\": \"r1\" | \"first\": \"r1\" | first must not stand beside responses and ranking, was \"r1\""
            })
    void aFaultyRankingNamesFileLineFieldAndValue(String good, String bad, String said) {
        assertSecondLineIsRefused(RANKED.replace(good.strip(), bad.strip()), said.strip());
    }

    @Test
    void responsesMayCarryVectorsInsteadOfTexts() throws Exception {
        Files.writeString(folder.resolve("responses.jsonl"), """
                {"response_id": "r1", "prompt_id": "p1", "features": [0.5, -2]}
                {"response_id": "r2", "prompt_id": "p1", "features": [1, 1e-3]}
                """);
        Judgment judgment = read(GOOD).get(0);
        assertThat(judgment.responses().get(1).features()).containsExactly(0.5f, -2f);
        assertThat(judgment.responses().get(1).text()).isNull();
    }

    /** Issue 18: the last text of an id was that of all prompts. */
    @Test
    void responsesAreNumberedAnewForEachPrompt() throws Exception {
        assertThat(taken(FILES.resolve("folder-two-prompts")))
                .containsExactly(
                        "judgments.jsonl line 1 Blue like the sea. / None at all. [1, 2]",
                        "judgments.jsonl line 2 Plants have it. / A ripe pear. [2, 1]");
    }

    /** Issue 18. */
    @Test
    void aBadLineKeepsNoOtherFromBeingRead() throws Exception {
        assertThat(taken(FILES.resolve("folder-bad-line")))
                .containsExactly(
                        "judgments.jsonl line 1 Blue. / None. [1, 2]",
                        "judgments.jsonl line 2 refused: preference must be FIRST, SECOND or TIE, was \"first\"",
                        "judgments.jsonl line 3 Blue. / None. [2, 1]");
    }

    /** Issue 18. */
    @Test
    void aFieldThatNobodyKnowsIsRefusedByName() throws Exception {
        assertThat(taken(FILES.resolve("folder-unknown-field")))
                .singleElement()
                .asString()
                .contains("refused: annotator is not a field of a judgment; known are [annotator_id,");
        Files.writeString(
                folder.resolve("responses.jsonl"),
                "{\"response_id\": \"r1\", \"prompt_id\": \"p1\", \"txt\": \"x\"}\n");
        assertThatThrownBy(() -> NeutralFolder.responses(folder))
                .hasMessage("responses.jsonl line 1: txt is not a field of a response; known are [features, policy,"
                        + " prompt_id, response_id, text]");
    }

    @Test
    void aResponseThatStandsTwiceIsHarmlessIfItIsTheSameAndElseNobodyKnowsWhichWasJudged() throws Exception {
        Files.writeString(folder.resolve("judgments.jsonl"), GOOD + "\n");
        String first = "{\"response_id\": \"r1\", \"prompt_id\": \"p1\", \"text\": \"yes\"}\n";
        String second = "{\"response_id\": \"r2\", \"prompt_id\": \"p1\", \"text\": \"no\"}\n";
        Files.writeString(folder.resolve("responses.jsonl"), first + second + first);
        assertThat(taken(folder)).containsExactly("judgments.jsonl line 1 no / yes [1, 1]");
        Files.writeString(folder.resolve("responses.jsonl"), first + second + first.replace("yes", "YES"));
        assertThat(taken(folder))
                .containsExactly(
                        "responses.jsonl line 3 refused: response_id r1 of prompt_id p1 must be one response, line 1 has"
                                + " it with another content",
                        "judgments.jsonl line 1 refused: second must name one response, stands on the lines 1 and 3 of"
                                + " the responses with different contents, was \"r1\"");
    }

    @Test
    void idsMayBeNumbersAndAJudgmentHasTheWordsOfItsPrompt() throws Exception {
        Files.writeString(folder.resolve("prompts.jsonl"), "{\"prompt_id\": 7, \"prompt\": \"Which?\"}\n");
        Files.writeString(folder.resolve("responses.jsonl"), """
                {"response_id": 1, "prompt_id": 7, "text": "yes"}
                {"response_id": "2", "prompt_id": "7", "text": "no"}
                """);
        Files.writeString(
                folder.resolve("judgments.jsonl"),
                "{\"judgment_id\": 5, \"prompt_id\": 7, \"first\": 1, \"second\": 2, \"preference\": \"TIE\"}\n");
        List<Intake> asked = new ArrayList<>();
        NeutralFolder.read(folder, (place, intake) -> asked.add(intake));
        assertThat(asked).singleElement().isInstanceOfSatisfying(Intake.Judged.class, judged -> {
            assertThat(judged.prompt()).isEqualTo("Which?");
            assertThat(judged.judgment().judgmentId()).isEqualTo("5");
            assertThat(judged.judgment().promptId()).isEqualTo("7");
        });
    }

    private static List<String> taken(Path folder) throws IOException {
        List<String> taken = new ArrayList<>();
        NeutralFolder.read(folder, (place, intake) -> taken.add(place.said() + " " + said(intake)));
        return taken;
    }

    private static String said(Intake intake) {
        if (intake instanceof Intake.Judged judged) {
            return judged.judgment().responses().stream()
                            .map(JudgedResponse::text)
                            .collect(Collectors.joining(" / "))
                    + " " + judged.judgment().ranking();
        }
        return "refused: " + ((Intake.NotUnderstood) intake).why();
    }

    @Test
    void aFolderWithoutJudgmentsIsRefused() {
        assertThatThrownBy(() -> NeutralFolder.judgments(folder, NeutralFolder.responses(folder), judgment -> {}))
                .hasMessageContaining("must hold judgments.jsonl");
    }

    private void assertSecondLineIsRefused(String line, String said) {
        assertThatThrownBy(() -> read(GOOD + "\n" + line))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("judgments.jsonl line 2")
                .hasMessageContaining(said);
    }

    private List<Judgment> read(String lines) throws Exception {
        Files.writeString(folder.resolve("judgments.jsonl"), lines);
        List<Judgment> judgments = new ArrayList<>();
        NeutralFolder.judgments(folder, NeutralFolder.responses(folder), judgments::add);
        return judgments;
    }
}
