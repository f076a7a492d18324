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
                "\"judgment_id\": \"j1\", | \"judgment_id\": 7, | judgment_id must be a string, was 7",
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
                "[\"r2\", \"r1\"] | [\"r2\", 1] | responses[1] must be a string, was 1",
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
