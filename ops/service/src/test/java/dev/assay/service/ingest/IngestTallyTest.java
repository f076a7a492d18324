package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngestTallyTest {
    private final IngestTally tally = new IngestTally();

    /** Issue 18. */
    @Test
    void rowsThatCountOnceAreToldFromTheOthers() {
        admit("1", "ann", 1, 2);
        admit("1", "bob", 2, 1);
        assertThat(printed(false)).containsPattern("admitted +2\n");
        admit("1", "ann", 1, 2);
        assertThat(printed(false)).containsPattern("admitted +3, of which 1 repeats another row and counts once\n");
        admit("1", "bob", 2, 1);
        assertThat(printed(false)).containsPattern("admitted +4, of which 2 repeat another row and count once\n");
    }

    @Test
    void aDryRunTellsWhoWonAndWhatTheJudgmentsAreAbout() {
        admit("1", "ann", 1, 2);
        admit("2", "ann", 2, 1);
        admit("3", null, 1, 1);
        admit("4", "bob", 1, 2, 2);
        assertThat(printed(true))
                .contains("first preferred 1, second preferred 1, ties 1, rankings of three or more 1\n")
                .contains("prompts 1, annotators 2, judgments without an annotator 1\n")
                .contains("policies 2: small 8, large 1\n");
        assertThat(printed(false)).doesNotContain("preferred", "policies");
    }

    @Test
    void refusalsAreCountedByKindWithTheFirstOfEach() {
        for (int i = 1; i <= 5; i++) {
            tally.refused("a line " + i, "NOT_UNDERSTOOD", "responses[" + i + "].text must be a string, was " + i);
        }
        tally.refused("a line 6", "NOT_UNDERSTOOD", "preference must be FIRST, was 3");
        assertThat(printed(false))
                .containsPattern("NOT_UNDERSTOOD +6\n")
                .contains("5 × responses[].text must be a string\n")
                .contains("a line 3: responses[3].text must be a string, was 3\n")
                .contains("1 × preference must be FIRST\n")
                .doesNotContain("a line 4");
    }

    @Test
    void remarksAndColumnsPassedOverAreToldInAnyRun() {
        tally.remarked(List.of("no prompt"));
        tally.remarked(List.of("no prompt"));
        tally.passedOver(Map.of("mood", 1L));
        tally.passedOver(Map.of("mood", 1_000L, "score", 1L));
        assertThat(printed(false))
                .contains("2 × no prompt\n")
                .contains("columns passed over:\n  1,001 rows have mood\n  1 row has score\n");
    }

    @Test
    void whoRemembersNoMoreSaysSo() {
        DistinctHashes hashes = new DistinctHashes(2);
        assertThat(hashes.add("a", "b")).isTrue();
        assertThat(hashes.add("ab", "")).isTrue();
        assertThat(hashes.full()).isFalse();
        assertThat(hashes.add("a", "b")).isFalse();
        assertThat(hashes.add("c")).isTrue();
        assertThat(hashes.add("c")).as("not remembered").isTrue();
        assertThat(hashes.full()).isTrue();
    }

    @Test
    void aHundredThousandDifferentOnesAreDifferent() {
        DistinctHashes hashes = new DistinctHashes();
        for (int i = 0; i < 100_000; i++) {
            hashes.add("annotator", "judgment " + i);
        }
        assertThat(hashes.count()).isEqualTo(100_000);
    }

    private void admit(String id, @Nullable String annotator, Integer... ranking) {
        List<JudgedResponse> responses = ranking.length == 2
                ? List.of(new JudgedResponse("a", "small", "x", null), new JudgedResponse("b", "small", "y", null))
                : List.of(
                        new JudgedResponse("a", "small", "x", null),
                        new JudgedResponse("b", "small", "y", null),
                        new JudgedResponse("c", "large", "z", null));
        tally.admitted(
                new Judgment(id, annotator, "p", responses, List.of(ranking), 1, null, Occasion.of(Map.of(), "test")));
    }

    private String printed(boolean whole) {
        StringWriter text = new StringWriter();
        tally.print(new PrintWriter(text), whole);
        return text.toString();
    }
}
