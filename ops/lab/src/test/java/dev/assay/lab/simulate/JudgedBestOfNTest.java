package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedBestOfNTest {
    private static final int ANNOTATORS = 60;
    private static final int PROMPTS = 6;
    private static final int CANDIDATES = 8;

    @TempDir
    private Path folder;

    @Test
    void nobodysVotesAreBothLearntFromAndJudgedBy() {
        JudgmentSplit split = JudgmentSplit.of(data(), false, 3);
        assertThat(annotators(split.pool())).doesNotContainAnyElementsOf(annotators(split.heldOut()));
        assertThat(split.pool().size() + split.heldOut().size())
                .isEqualTo(data().votes().size());
        assertThat(split.choices()).hasSize(PROMPTS);
    }

    @Test
    void promptsKeptApartAreNotLearntFrom() {
        JudgmentSplit split = JudgmentSplit.of(data(), true, 3);
        assertThat(split.choices()).hasSize(PROMPTS / 2);
        assertThat(split.pool()).isNotEmpty().noneMatch(vote -> split.choices().contains(vote.prompt()));
    }

    @Test
    void aWinRateCountsATieHalfAndIsShrunkByFourComparisons() {
        List<JudgedPrompts.Vote> votes = List.of(vote(0, 1, 1), vote(0, 1, 0.5), vote(0, 2, 1));
        GoldScores gold = GoldScores.of(data(), votes);
        assertThat(gold.winRates().get(0)).startsWith((2 + 2.5) / 7, (2 + 0.5) / 6, 2 / 5.0, 0.5);
        assertThat(gold.best(0)).isZero();
        assertThat(gold.regret(0, 0)).isZero();
        assertThat(gold.chanceRegret(0)).isPositive();
    }

    @Test
    void thePageComparesEveryPolicyWithPlain() throws Exception {
        try (Replications replications = new Replications(1, 20, 2, () -> {})) {
            List<String> findings = new JudgedBestOfN(data()).run(replications, folder);
            assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("gain over plain"));
        }
        String page = Files.readString(folder.resolve("best-of-n-judged.md")).replaceAll("\\s+", " ");
        assertThat(page)
                .contains(
                        "| plain |",
                        "| q=1.96, centred |",
                        "| by chance |",
                        "**In short**",
                        "is better than plain at n");
        assertThat(folder.resolve("best-of-n-judged.png")).isNotEmptyFile();
    }

    private static List<Integer> annotators(List<JudgedPrompts.Vote> votes) {
        return votes.stream().map(JudgedPrompts.Vote::annotator).distinct().collect(Collectors.toList());
    }

    private static JudgedPrompts.Vote vote(int first, int second, double preference) {
        Comparison comparison = new Comparison(1, Vector.of(0), Vector.of(1, 1), preference, 1);
        return new JudgedPrompts.Vote(0, 0, first, second, comparison);
    }

    /** Votes of annotators who all see the first feature, and the context not at all. */
    private static JudgedPrompts data() {
        Parameters truth = new Parameters(Vector.of(1, 0), Vector.zeros(1));
        return new DrawnVotes(truth, PROMPTS, CANDIDATES, ANNOTATORS, -1).judged(3000);
    }
}
