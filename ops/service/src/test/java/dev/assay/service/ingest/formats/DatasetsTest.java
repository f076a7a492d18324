package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Erased;
import dev.assay.service.ingest.formats.Intake.Ignored;
import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from the files of published datasets, and from Prolific. */
class DatasetsTest {
    private static final String LONG = "Yes, because the barometer falls.";

    @Test
    void aPreferenceRowIsTheSameJudgmentAsStringsOrAsMessages() throws IOException {
        List<Judgment> rows = judgments("trl.jsonl", new TrlRows());
        assertThat(rows.get(0).judgmentId()).isEqualTo(rows.get(1).judgmentId());
        assertThat(rows.get(0).annotatorId()).isNull();
        assertThat(rows.get(0).ranking()).containsExactly(1, 2);
        assertThat(rows.get(0).occasion().context()).isEmpty();
        assertThat(rows.get(1).occasion().context()).containsEntry("margin", 1.5);
    }

    @Test
    void withoutAPromptItIsTheTurnsThatBothResponsesBeginWith() throws IOException {
        List<Judgment> rows = judgments("trl.jsonl", new TrlRows());
        assertThat(texts(rows.get(2))).containsExactly("Perhaps.", "I do not know.");
        assertThat(texts(rows.get(3))).containsExactly("Perhaps it clears.", "Perplexing.");
    }

    @Test
    void idsOfRowsThatHadAPromptAreWhatTheyWere() throws IOException {
        List<Judgment> rows = judgments("trl.jsonl", new TrlRows());
        assertThat(rows)
                .extracting(Judgment::judgmentId)
                .containsExactly(
                        "trl:3a9d290b315785b32d83",
                        "trl:3a9d290b315785b32d83",
                        "trl:5ae64b211f0912011e93",
                        "trl:9f5a49999dddf5ed4019");
    }

    @Test
    void equalScoresAreATie() throws IOException {
        List<Judgment> rows = judgments("ultrafeedback.jsonl", new UltraFeedback());
        assertThat(rows).extracting(Judgment::ranking).containsExactly(Ranks.FIRST, Ranks.TIE);
        assertThat(rows.get(0).promptId()).isEqualTo("a1b2");
        assertThat(texts(rows.get(0))).containsExactly(LONG, "Yes.");
    }

    @Test
    void anOldBattleIsJudgedByItsVoterAndBothBadIsNoTie() throws IOException {
        List<Intake> found = Committed.lines("lmarena-old.jsonl", new LmArena());
        assertThat(found.get(2)).isEqualTo(new Ignored("both bad is not a tie"));
        List<Judgment> battles = judgments("lmarena-old.jsonl", new LmArena());
        assertThat(battles).extracting(Judgment::ranking).containsExactly(Ranks.SECOND, Ranks.TIE, Ranks.FIRST);
        assertThat(battles).extracting(Judgment::annotatorId).containsOnly("arena_user_9");
        assertThat(battles.get(0).responses())
                .extracting(JudgedResponse::policy)
                .containsExactly("small", "large");
        assertThat(battles.get(0).occasion().shownFirst()).isZero();
    }

    @Test
    void aNewBattleIsClusteredByItsSession() throws IOException {
        List<Judgment> battles = judgments("lmarena-new.jsonl", new LmArena());
        assertThat(battles).extracting(Judgment::ranking).containsExactly(Ranks.FIRST, Ranks.TIE);
        assertThat(battles).extracting(Judgment::annotatorId).containsOnly("session:s-77");
        assertThat(texts(battles.get(0))).containsExactly("Yes.", LONG);
    }

    @Test
    void aTurnIsOneJudgmentOfTheChosenBeforeTheOthers() throws IOException {
        List<Intake> found = Committed.lines("prism.jsonl", new PrismUtterances());
        assertThat(found).hasSize(3);
        Judgment first = ((Judged) found.get(0)).judgment();
        assertThat(first.judgmentId()).isEqualTo("prism:int1");
        assertThat(first.annotatorId()).isEqualTo("user7");
        assertThat(first.ranking()).containsExactly(2, 1, 2, 2);
        assertThat(((Judged) found.get(1)).judgment().ranking()).containsExactly(1, 2);
        assertThat(found.get(2)).isInstanceOf(Ignored.class);
    }

    @Test
    void aTurnThatComesBackAfterAnotherIsRefused() throws IOException {
        List<String> rows = Committed.text("prism.jsonl").lines().toList();
        Items prism = new PrismUtterances();
        for (int row : new int[] {0, 1, 4, 5}) {
            Committed.read(rows.get(row), prism);
        }
        assertThat(Committed.read(rows.get(2), prism))
                .last()
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        refused -> assertThat(refused.why())
                                .contains("interaction_id must come in rows that follow one another"));
    }

    @Test
    void aTurnWithAFaultyRowIsLeftOutWhole() throws IOException {
        List<String> rows = Committed.text("prism.jsonl").lines().toList();
        Items prism = new PrismUtterances();
        Committed.read(rows.get(0), prism);
        Committed.read(rows.get(1).replace("\"if_chosen\": true", "\"if_chosen\": 1"), prism);
        assertThat(prism.end()).singleElement().isInstanceOf(NotUnderstood.class);
    }

    @Test
    void everyWorkersAnnotationIsAJudgmentAndTheirKindIsContext() throws IOException {
        List<Judgment> judgments = judgments("multipref.jsonl", new MultiPref());
        assertThat(judgments)
                .extracting(Judgment::annotatorId)
                .containsExactly("normal:w1", "normal:w2", "expert:w1", "expert:e2");
        assertThat(judgments)
                .extracting(Judgment::ranking)
                .containsExactly(Ranks.FIRST, Ranks.TIE, Ranks.SECOND, Ranks.SECOND);
        assertThat(judgments)
                .extracting(judgment -> judgment.occasion().context().get("strength"))
                .containsExactly("slight", "tie", "clear", "slight");
        assertThat(judgments).extracting(Judgment::judgmentId).doesNotHaveDuplicates();
    }

    @Test
    void belowZeroTheFirstResponseIsBetter() throws IOException {
        List<Judgment> rows = judgments("helpsteer3.jsonl", new HelpSteer3());
        assertThat(rows).extracting(Judgment::ranking).containsExactly(Ranks.FIRST, Ranks.TIE, Ranks.SECOND);
        assertThat(rows.get(0).occasion().context()).containsEntry("strength", 3.0);
        assertThat(rows.get(0).occasion().shownFirst()).isZero();
    }

    @Test
    void onlyARejectedSubmissionErasesItsParticipant() throws IOException {
        Prolific prolific = new Prolific();
        assertThat(Committed.read(Committed.text("prolific-rejected.json"), prolific))
                .singleElement()
                .isInstanceOfSatisfying(
                        Erased.class, erased -> assertThat(erased.annotatorId()).isEqualTo("5f3b0000000000000000a001"));
        assertThat(Committed.read(Committed.text("prolific-approved.json"), prolific))
                .containsExactly(new Ignored("submission APPROVED"));
    }

    @Test
    void everyFileIsRecognisedByItsFirstItem() throws IOException {
        for (Format format : Formats.ALL) {
            assertThat(Committed.namesOf(format.name())).as(format.name()).isNotEmpty();
            for (String name : Committed.namesOf(format.name())) {
                assertThat(Formats.of(Committed.firstItem(name))).as(name).contains(format);
            }
        }
    }

    private static List<String> texts(Judgment judgment) {
        return judgment.responses().stream()
                .map(response -> String.valueOf(response.text()))
                .toList();
    }

    private static List<Judgment> judgments(String name, Items items) throws IOException {
        return Committed.lines(name, items).stream()
                .filter(Judged.class::isInstance)
                .map(intake -> ((Judged) intake).judgment())
                .toList();
    }
}
