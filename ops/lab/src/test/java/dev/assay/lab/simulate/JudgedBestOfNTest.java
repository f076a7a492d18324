package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Votes of annotators who all see the first feature. */
    private static JudgedPrompts data() {
        SplittableRandom random = new SplittableRandom(9);
        List<List<Vector>> candidates = new ArrayList<>();
        for (int prompt = 0; prompt < PROMPTS; prompt++) {
            candidates.add(Stream.generate(() -> Vector.of(random.nextGaussian(), random.nextGaussian()))
                    .limit(CANDIDATES)
                    .toList());
        }
        List<JudgedPrompts.Vote> votes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int prompt = random.nextInt(PROMPTS);
            int first = random.nextInt(CANDIDATES);
            int second = (first + 1 + random.nextInt(CANDIDATES - 1)) % CANDIDATES;
            Vector difference = candidates
                    .get(prompt)
                    .get(first)
                    .minus(candidates.get(prompt).get(second));
            double preference = random.nextDouble() < 1 / (1 + Math.exp(-difference.get(0))) ? 1 : 0;
            Comparison comparison = new Comparison(1, Vector.of(random.nextDouble() - 0.5), difference, preference, 1);
            votes.add(new JudgedPrompts.Vote(i % ANNOTATORS, prompt, first, second, comparison));
        }
        return new JudgedPrompts("test", candidates, votes, -1);
    }
}
