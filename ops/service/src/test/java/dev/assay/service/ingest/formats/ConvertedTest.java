package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake.Judged;
import dev.assay.service.ingest.formats.Intake.NotUnderstood;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertedTest {
    private static List<String> rows() throws IOException {
        return Committed.text("converted.jsonl").lines().toList();
    }

    @Test
    void aRowIsTheJudgmentItWasMadeOf() throws IOException {
        Judged judged =
                (Judged) Committed.lines("converted.jsonl", new Converted()).get(0);
        Judgment judgment = judged.judgment();

        assertThat(judged.prompt()).isEqualTo("Will it rain?");
        assertThat(judgment.responses()).extracting(JudgedResponse::text).containsExactly("No.", "Yes.");
        assertThat(judgment.responses()).extracting(JudgedResponse::policy).containsExactly(null, "large");
        assertThat(judgment.ranking()).isEqualTo(Ranks.SECOND);
        assertThat(judgment.weight()).isEqualTo(2);
        assertThat(judgment.occasion().context())
                .containsEntry("experience", 3.0)
                .containsEntry("fast", true)
                .containsEntry("stance", "same");
        assertThat(judgment.occasion().shownFirst()).isZero();
    }

    @Test
    void rowsThatFollowOneAnotherAreOneRanking() throws IOException {
        List<Intake> found = Committed.lines("converted.jsonl", new Converted());

        assertThat(found).hasSize(3);
        Judgment ranking = ((Judged) found.get(1)).judgment();
        assertThat(ranking.ranking()).containsExactly(1, 1, 2);
        assertThat(ranking.responses()).extracting(JudgedResponse::text).containsExactly("Yes.", "Perhaps.", "No.");
    }

    @Test
    void anEmptyCellIsNothingUnlessTheRowSaysThatItIsEmpty() throws IOException {
        Judged judged =
                (Judged) Committed.lines("converted.jsonl", new Converted()).get(2);

        assertThat(judged.prompt()).isNull();
        assertThat(judged.judgment().annotatorId()).isNull();
        assertThat(judged.judgment().responses().get(0).text()).isEmpty();
        assertThat(judged.judgment().responses().get(0).policy()).isNull();
        assertThat(judged.judgment().responses().get(1).features()).containsExactly(1f, 0.001f);
    }

    @Test
    void aRankingThatMissesARowIsRefusedAndSpoilsNoOther() throws IOException {
        Converted items = new Converted();
        assertThat(Committed.read(rows().get(1), items)).isEmpty();

        List<Intake> found = Committed.read(rows().get(0), items);

        assertThat(found.get(0))
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        refused -> assertThat(refused.why()).contains("j-2", "of 3 responses 2 have come"));
        assertThat(found.get(1)).isInstanceOf(Judged.class);
    }

    @Test
    void aTieThatTheRankingDoesNotKnowIsRefused() throws IOException {
        assertThat(Committed.read(rows().get(1).replace("\"tie\":true", "\"tie\":false"), new Converted()))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        refused ->
                                assertThat(refused.why()).contains("tie must be as the ranking says, true, was false"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"assay\":\"json\" | \"assay\":\"7\" | assay must be json or csv, was \"7\"",
                "\"chosen_index\":1 | \"chosen_index\":0 | chosen_index must be that of a response ranked no lower",
                "\"chosen_index\":1 | \"chosen_index\":2 | chosen_index must be a whole number from 0 to 1, was 2",
                "\"weight\":2.0 | \"weight\":\"much\" | weight must be JSON, was \"much\"",
                "\"judgment_id\":\"j-1\" | \"judgment_id\":7 | judgment_id must be a string, was 7"
            })
    void aFaultyRowSaysFieldBoundAndValue(String good, String bad, String said) throws IOException {
        assertThat(Committed.read(rows().get(0).replace(good.strip(), bad.strip()), new Converted()))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotUnderstood.class,
                        refused -> assertThat(refused.why()).contains(said.strip()));
    }
}
