package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.service.ingest.formats.Intake.Withdrawn;
import dev.assay.service.ingest.formats.Intake.WithdrawnById;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelStudioTest {
    private static final String LEFT = "Yes, because the barometer falls."; // toName="two,one": two is left
    private static final String RIGHT = "Yes.";
    private final Items labelStudio = new LabelStudio(PlatformSettings.DEFAULTS);

    @Test
    void leftIsTheFirstObjectOfToNameWhateverTheDataCallIt() throws IOException {
        Judgment judgment = judged("label-studio-created.json");
        assertThat(judgment.judgmentId()).isEqualTo("label-studio:101");
        assertThat(judgment.annotatorId()).isEqualTo("label-studio:5");
        assertThat(judgment.occasion().source()).isEqualTo("label-studio/7");
        assertThat(judgment.responses()).extracting(JudgedResponse::text).containsExactly(LEFT, RIGHT);
        assertThat(judgment.ranking()).containsExactly(1, 2);
        assertThat(judgment.occasion().shownFirst()).isZero();
        assertThat(judgment.occasion().judgedAt()).isEqualTo(Instant.parse("2024-05-31T13:23:06.123456Z"));
        assertThat(judgment.occasion().context()).containsEntry("lead_time", 12.5);
    }

    @Test
    void anEditIsTheSameJudgmentOfTheSameAnnotator() throws IOException {
        Judgment before = judged("label-studio-created.json");
        Judgment after = judged("label-studio-updated.json"); // completed_by is an object here
        assertThat(after.judgmentId()).isEqualTo(before.judgmentId());
        assertThat(after.annotatorId()).isEqualTo(before.annotatorId());
        assertThat(after.promptId()).isEqualTo(before.promptId());
        assertThat(after.ranking()).containsExactly(2, 1);
    }

    @Test
    void aTieIsSaidBesideTheTagThatCannotSayIt() throws IOException {
        assertThat(judged("label-studio-tie.json").ranking()).containsExactly(1, 1);
    }

    @Test
    void whatIsSkippedIsWithdrawn() throws IOException {
        assertThat(read("label-studio-skipped.json"))
                .containsExactly(new Withdrawn(new Retraction("label-studio:101", "label-studio:5", "label-studio/7")));
    }

    @Test
    void aBulkHasOneJudgmentAnAnnotationEachWithItsTask() throws IOException {
        List<Judgment> judgments = read("label-studio-bulk.json").stream()
                .map(intake -> ((Judged) intake).judgment())
                .toList();
        assertThat(judgments).extracting(Judgment::judgmentId).containsExactly("label-studio:102", "label-studio:103");
        assertThat(judgments.get(1).ranking()).containsExactly(1, 1);
        assertThat(judgments.get(1).promptId()).isNotEqualTo(judgments.get(0).promptId());
    }

    @Test
    void aDeletionNamesIdsOnly() throws IOException {
        assertThat(read("label-studio-deleted.json"))
                .containsExactly(new WithdrawnById("label-studio", "101"), new WithdrawnById("label-studio", "102"));
        assertThat(Committed.read("{\"action\":\"ANNOTATION_DELETED\",\"annotation\":{\"id\":9}}", labelStudio))
                .containsExactly(new WithdrawnById("label-studio", "9"));
    }

    @Test
    void aWebhookWithoutPayloadIsNotUnderstoodAndSaysWhatToDo() throws IOException {
        assertThat(read("webhook-without-payload.json"))
                .singleElement()
                .satisfies(intake ->
                        assertThat(((NotUnderstood) intake).why()).contains("send_payload=false", "--reconcile"));
    }

    @Test
    void anExportHoldsTheJudgmentsThatWebhooksTold() throws IOException {
        Items export = new LabelStudio(PlatformSettings.DEFAULTS.with(Committed.text("label-studio-config.xml")));
        List<Intake> found = Committed.elements("label-studio-export.json", export);
        assertThat(found).hasSize(4);
        Judgment again = ((Judged) found.get(0)).judgment();
        Judgment told = judged("label-studio-updated.json");
        assertThat(again.judgmentId()).isEqualTo(told.judgmentId());
        assertThat(again.annotatorId()).isEqualTo(told.annotatorId());
        assertThat(again.occasion().source()).isEqualTo(told.occasion().source());
        assertThat(again.responses())
                .extracting(JudgedResponse::responseId)
                .isEqualTo(told.responses().stream()
                        .map(JudgedResponse::responseId)
                        .toList());
        assertThat(found.get(2)).isInstanceOf(Withdrawn.class);
        assertThat(found.get(3)).isInstanceOf(Intake.Ignored.class);
    }

    @Test
    void anExportWithoutItsConfigIsNotUnderstoodAndSaysWhatIsMissing() throws IOException {
        assertThat(Committed.elements("label-studio-export.json", labelStudio).get(0))
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        refused -> assertThat(refused.why()).contains("--label-config"));
    }

    @Test
    void aDocumentTypeInTheConfigIsRefused() throws IOException {
        String attack = "<!DOCTYPE View [<!ENTITY x SYSTEM \\\"file:///etc/passwd\\\">]><View/>";
        String body = Committed.text("label-studio-created.json")
                .replaceFirst(
                        "\"label_config\": \".*\",", "\"label_config\": \"" + attack.replace("\\", "\\\\") + "\",");
        assertThat(Committed.read(body, labelStudio))
                .singleElement()
                .satisfies(intake -> assertThat(((NotUnderstood) intake).why())
                        .contains("label_config must be XML without a document type"));
    }

    @Test
    void choicesAloneWillDoIfTheResponsesAreConfigured() throws IOException {
        Items choices = new LabelStudio(
                Committed.settings("label-studio: {responses: [answer_a, answer_b], context: [topic]}"));
        String body = Committed.text("label-studio-created.json")
                .replace("\"pairwise\"", "\"choices\"")
                .replace("\"selected\": \"left\"", "\"choices\": [\"Second\"]");
        Judgment judgment = ((Judged) Committed.read(body, choices).get(0)).judgment();
        assertThat(judgment.responses()).extracting(JudgedResponse::text).containsExactly(RIGHT, LEFT);
        assertThat(judgment.ranking()).containsExactly(2, 1);
        assertThat(judgment.occasion().context()).containsEntry("topic", "weather");
    }

    private List<Intake> read(String name) throws IOException {
        return Committed.read(Committed.text(name), labelStudio);
    }

    private Judgment judged(String name) throws IOException {
        return ((Judged) read(name).get(0)).judgment();
    }

    @Test
    void aChoiceOfSomebodysOwnIsNamedWithTheSettingThatReadsIt() throws IOException {
        String yaml = """
            label-studio:
              responses: [response_a, response_b]
              first-choices: [a_winner]
              second-choices: [b_winner]
              tie-choices: [tie]
            """;
        List<Intake> unknown = Committed.elements("label-studio-choices.json", labelStudio);
        List<Intake> known = Committed.elements("label-studio-choices.json", new LabelStudio(Committed.settings(yaml)));
        assertThat(unknown)
                .containsExactly(new NotUnderstood("choice \"b_winner\" of \"winner\" is none of [left, first, a],"
                        + " [right, second, b] or [tie, equal, same]: set label-studio.first-choices, second-choices"
                        + " and tie-choices in --mapping"));
        assertThat(((Judged) known.get(0)).judgment().ranking()).containsExactly(2, 1);
    }
}
