package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralJsonTest {
    private static final Items NEUTRAL = new NeutralJson("a-file");

    @Test
    void aJudgmentArrivesWithAllItSays() throws IOException {
        Judgment judgment = judgments().get(0);
        assertThat(judgment.judgmentId()).isEqualTo("j-1");
        assertThat(judgment.annotatorId()).isEqualTo("ann");
        assertThat(judgment.responses()).extracting(JudgedResponse::policy).containsExactly("small", "large");
        assertThat(judgment.ranking()).containsExactly(2, 1);
        assertThat(judgment.occasion().context())
                .containsEntry("stance", "same")
                .containsEntry("experience", 3.0)
                .containsEntry("native", true);
        assertThat(judgment.weight()).isEqualTo(2);
        assertThat(judgment.occasion().judgedAt()).isEqualTo(Instant.parse("2024-05-31T13:23:06Z"));
        assertThat(judgment.occasion().shownFirst()).isEqualTo(1);
        assertThat(judgment.occasion().source()).isEqualTo("survey");
    }

    @Test
    void whatIsLeftOutHasADefault() throws IOException {
        Judgment judgment = judgments().get(1);
        assertThat(judgment.annotatorId()).isNull();
        assertThat(judgment.ranking()).containsExactly(1, 1);
        assertThat(judgment.weight()).isEqualTo(1);
        assertThat(judgment.occasion().source()).isEqualTo("a-file");
    }

    @Test
    void severalResponsesAreRankedAndMayBeVectors() throws IOException {
        Judgment judgment = judgments().get(2);
        assertThat(judgment.ranking()).containsExactly(2, 1, 2);
        assertThat(judgment.responses().get(0).features()).containsExactly(0.5f, -2f);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"weight\": 2 | \"weigth\": 2 | weigth is not a field of a judgment",
                "\"policy\": \"small\" | \"modell\": \"small\" | responses[0].modell is not a field",
                "\"judgmentId\": \"j-1\", | `` | judgmentId must be a string, is missing",
                "\"judgmentId\": \"j-1\" | \"judgmentId\": \" \" | judgmentId must not be blank",
                "\"annotatorId\": \"ann\" | \"annotatorId\": 7 | annotatorId must be a string, was 7",
                "\"responseId\": \"r-2\" | \"responseId\": \"r-1\" | responses[1].responseId must differ",
                "\"text\": \"Yes.\" | \"features\": [1, 2, 3, \"x\"] | "
                        + "responses[0].features[3] must be a finite number, was \"x\"",
                "\"text\": \"Yes.\" | \"features\": [1e39] | responses[0].features[0] must be a finite number, was 1.0E39",
                "\"SECOND\" | \"BOTH\" | preference must be FIRST, SECOND or TIE, was \"BOTH\"",
                "\"preference\": \"SECOND\", | `` | either preference or ranking, has neither",
                "\"preference\": \"SECOND\" | \"ranking\": [1, 3] | ranking[1] must be a whole number from 1 to 2, was 3",
                "\"preference\": \"SECOND\" | \"ranking\": [2, 2] | ranking must give some response the rank 1, was [2,2]",
                "\"preference\": \"SECOND\" | \"ranking\": [1] | ranking must have a rank for each of the 2 responses, has 1",
                "\"weight\": 2 | \"weight\": -1 | weight must be 0 to 16777216, was -1",
                "\"weight\": 2 | \"weight\": 1e999 | weight must be a finite number",
                "2024-05-31T13:23:06Z | yesterday | judgedAt must be an instant such as",
                "\"shownFirst\": 1 | \"shownFirst\": 2 | shownFirst must be a whole number from 0 to 1, was 2",
                "\"experience\": 3 | \"experience\": [3] | context.experience must be a string, a number or a boolean, was [3]",
                "\"session\": \"s-1\" | \"source\": \"again\" | not JSON: Duplicate",
            })
    void aFaultIsNamedWithFieldBoundAndValue(String good, String bad, String said) throws IOException {
        String line = Committed.text("neutral.jsonl").lines().findFirst().orElseThrow();
        assertThat(line).contains(good);
        assertThat(Committed.read(line.replace(good, bad), NEUTRAL))
                .singleElement()
                .satisfies(intake -> assertThat(((NotUnderstood) intake).why()).contains(said));
    }

    @Test
    void whatIsNoJsonObjectIsNotUnderstood() {
        for (String text : List.of("", "null", "7", "[]", "{\"judgmentId\":", "{} {}")) {
            assertThat(Committed.read(text, NEUTRAL)).singleElement().isInstanceOf(NotUnderstood.class);
        }
    }

    private static List<Judgment> judgments() throws IOException {
        return Committed.lines("neutral.jsonl", NEUTRAL).stream()
                .map(intake -> ((Judged) intake).judgment())
                .toList();
    }
}
