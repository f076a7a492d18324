package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutralTest {
    private static final Items NEUTRAL = new Neutral("a-file");

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
                "\"judgment_id\": \"j-1\", | `` | judgment_id must be a string, is missing",
                "\"judgment_id\": \"j-1\" | \"judgment_id\": \" \" | judgment_id must not be blank",
                "\"annotator_id\": \"ann\" | \"annotator_id\": 7 | annotator_id must be a string, was 7",
                "\"response_id\": \"r-2\" | \"response_id\": \"r-1\" | responses[1].response_id must differ",
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
                "2024-05-31T13:23:06Z | yesterday | judged_at must be an instant such as",
                "\"shown_first\": 1 | \"shown_first\": 2 | shown_first must be a whole number from 0 to 1, was 2",
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

    /** As fields were called before, which is deprecated. */
    @Test
    void camelCaseSaysTheSame() throws IOException {
        String snake = Committed.text("neutral.jsonl").lines().findFirst().orElseThrow();
        String camel = Pattern.compile("_([a-z])(?=[a-z]*\":)")
                .matcher(snake)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        assertThat(camel)
                .contains("\"judgmentId\"", "\"responseId\"", "\"shownFirst\"")
                .doesNotContain("_id\":");
        assertThat(Committed.read(camel, NEUTRAL)).usingRecursiveComparison().isEqualTo(Committed.read(snake, NEUTRAL));
    }

    @Test
    void aFieldUnderBothItsNamesIsRefused() throws IOException {
        String line = Committed.text("neutral.jsonl").lines().findFirst().orElseThrow();
        assertThat(Committed.read(line.replaceFirst("\\{", "{\"judgmentId\": \"j-9\", "), NEUTRAL))
                .singleElement()
                .satisfies(intake -> assertThat(((NotUnderstood) intake).why())
                        .isEqualTo("judgmentId must not be given beside judgment_id, was \"j-9\""));
    }

    @Test
    void namesInCamelCaseAreReadAsBefore() throws IOException {
        assertThat(Committed.lines("neutral-camel-case.jsonl", NEUTRAL))
                .usingRecursiveComparison()
                .isEqualTo(Committed.lines("neutral.jsonl", NEUTRAL));
        String line =
                Committed.text("neutral-camel-case.jsonl").lines().findFirst().orElseThrow();
        assertThat(Committed.read(line.replace("\"ann\"", "7"), NEUTRAL))
                .containsExactly(new NotUnderstood("annotatorId must be a string, was 7"));
        assertThat(Committed.read(
                        line.replace("{\"judgmentId\"", "{\"judgment_id\": \"j-2\", \"judgmentId\""), NEUTRAL))
                .containsExactly(new NotUnderstood("judgmentId must not be given beside judgment_id, was \"j-1\""));
    }

    @Test
    void whatIsNoJsonObjectIsNotUnderstood() {
        for (String text : List.of("", "null", "7", "[]", "{\"judgment_id\":", "{} {}")) {
            assertThat(Committed.read(text, NEUTRAL)).singleElement().isInstanceOf(NotUnderstood.class);
        }
    }

    private static List<Judgment> judgments() throws IOException {
        return Committed.lines("neutral.jsonl", NEUTRAL).stream()
                .map(intake -> ((Judged) intake).judgment())
                .toList();
    }
}
