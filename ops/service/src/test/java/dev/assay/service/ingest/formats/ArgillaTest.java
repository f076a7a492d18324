package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Ignored;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.service.ingest.formats.Intake.Withdrawn;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgillaTest {
    private static final String RECORD = "0c3f7f2e-6d0b-4b1e-9b57-3c4c5f1f0a11";
    private static final String USER = "b7a10000-0000-4000-8000-000000000002";
    private final Items argilla = new Argilla(PlatformSettings.DEFAULTS);

    @Test
    void aRankingRanksRecordFieldsInTheOrderShown() throws IOException {
        Judgment judgment = judged("argilla-created.json");
        assertThat(judgment.judgmentId()).isEqualTo("argilla:" + RECORD + ":" + USER);
        assertThat(judgment.annotatorId()).isEqualTo(USER);
        assertThat(judgment.occasion().source()).isEqualTo("argilla/answers");
        assertThat(judgment.responses())
                .extracting(JudgedResponse::text)
                .containsExactly("Yes.", "Yes, because the barometer falls.", "No.");
        assertThat(judgment.ranking()).containsExactly(2, 1, 2);
    }

    @Test
    void anEditIsTheSameJudgmentAndMayTie() throws IOException {
        Judgment edited = judged("argilla-updated.json");
        assertThat(edited.judgmentId()).isEqualTo(judged("argilla-created.json").judgmentId());
        assertThat(edited.ranking()).containsExactly(1, 1, 3);
    }

    @Test
    void aDraftHasNoEffect() throws IOException {
        assertThat(read("argilla-draft.json")).containsExactly(new Ignored("a draft"));
    }

    @Test
    void whatIsDiscardedOrDeletedIsWithdrawn() throws IOException {
        Withdrawn withdrawn = new Withdrawn(new Retraction("argilla:" + RECORD + ":" + USER, USER, "argilla/answers"));
        assertThat(read("argilla-discarded.json")).containsExactly(withdrawn);
        assertThat(read("argilla-deleted.json")).containsExactly(withdrawn);
    }

    @Test
    void aLabelSaysFirstSecondOrTieBesideLabelsThatSayOtherThings() throws IOException {
        assertThat(judged("argilla-label.json").ranking()).containsExactly(2, 1);
        assertThat(judged("argilla-label-tie.json").ranking()).containsExactly(1, 1);
        String byField = Committed.text("argilla-label.json").replace("\"second\"", "\"response_b\"");
        assertThat(((Judged) Committed.read(byField, argilla).get(0)).judgment().ranking())
                .containsExactly(2, 1);
    }

    @Test
    void theHigherRatingIsTheBetterRank() throws IOException {
        assertThat(judged("argilla-rating.json").ranking()).containsExactly(2, 1);
    }

    @Test
    void anExportHoldsTheSameJudgmentsByUser() throws IOException {
        List<Intake> found = Committed.elements("argilla-export.json", argilla);
        assertThat(found).hasSize(4);
        assertThat(((Judged) found.get(0)).judgment().judgmentId())
                .isEqualTo(judged("argilla-label.json").judgmentId());
        assertThat(found.get(1)).isInstanceOf(Withdrawn.class);
        assertThat(((Judged) found.get(2)).judgment().ranking()).containsExactly(1, 1);
        assertThat(((Judged) found.get(3)).judgment().ranking()).containsExactly(2, 1);
    }

    @Test
    void optionsPoliciesAndContextAreConfigured() throws IOException {
        Items configured = new Argilla(Committed.settings("""
                argilla:
                  question: order
                  responses: [response_a, response_b]
                  options: {A: response_a, B: response_b}
                  context: [topic]
                  policies: {response_a: model_a}
                """));
        String body = Committed.text("argilla-created.json")
                .replace("\"value\": \"response_a\"", "\"value\": \"A\"")
                .replace("\"value\": \"response_b\"", "\"value\": \"B\"");
        Judgment judgment = ((Judged) Committed.read(body, configured).get(0)).judgment();
        assertThat(judgment.responses()).extracting(JudgedResponse::policy).containsExactly("small", null);
        assertThat(judgment.ranking()).containsExactly(2, 1);
        assertThat(judgment.occasion().context()).containsEntry("topic", "weather");
    }

    @Test
    void anotherVersionIsNotUnderstood() throws IOException {
        String body = Committed.text("argilla-created.json").replace("\"version\": 1", "\"version\": 2");
        assertThat(Committed.read(body, argilla))
                .containsExactly(new NotUnderstood("version must be a whole number from 1 to 1, was 2"));
    }

    private List<Intake> read(String name) throws IOException {
        return Committed.read(Committed.text(name), argilla);
    }

    private Judgment judged(String name) throws IOException {
        return ((Judged) read(name).get(0)).judgment();
    }
}
