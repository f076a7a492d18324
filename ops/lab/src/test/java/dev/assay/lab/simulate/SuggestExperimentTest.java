package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestExperimentTest {
    private static final int PROMPTS = 8;
    private static final int CANDIDATES = 12;
    private static final SuggestReplay.Plan PLAN = new SuggestReplay.Plan(3, 60, 20, 200);
    private static final Parameters TRUTH = new Parameters(Vector.of(1, -0.5, 0.5, 0.3), Vector.of(0.5));

    @TempDir
    private Path folder;

    @Test
    void nothingIsAskedOfAPromptKeptApart() {
        SuggestSplit split = SuggestSplit.of(data(), 3);
        assertThat(split.prompts()).hasSize(PROMPTS / 4);
        assertThat(split.heldOut()).isNotEmpty();
        assertThat(split.pool().size() + split.heldOut().size())
                .isEqualTo(data().votes().size());
        assertThat(split.pool())
                .extracting(JudgedPrompts.Vote::prompt)
                .doesNotContainAnyElementsOf(
                        split.heldOut().stream().map(JudgedPrompts.Vote::prompt).toList());
    }

    @Test
    void fewerFeaturesAreTheLeadingOnesAndTheLength() {
        JudgedPrompts three = SuggestSplit.leading(data(), 2);
        Vector all = data().candidates().get(1).get(2);
        assertThat(three.candidates().get(1).get(2)).isEqualTo(Vector.of(all.get(0), all.get(1), all.get(3)));
        Vector difference = data().votes().get(5).comparison().difference();
        assertThat(three.votes().get(5).comparison().difference())
                .isEqualTo(Vector.of(difference.get(0), difference.get(1), difference.get(3)));
        assertThat(three.length()).isEqualTo(2);
    }

    @Test
    void everyOrderStartsAlikeAndSuggestionsNarrowTheModelsIntervalsSooner() {
        SuggestReplay replay =
                SuggestReplay.of(SuggestSplit.of(data(), 3), PLAN).orElseThrow();
        List<SuggestPoint> random = replay.of(Asking.Order.RANDOM);
        assertThat(random)
                .extracting(SuggestPoint::judgments)
                .startsWith(60, 80, 100)
                .endsWith(200)
                .hasSize(8);
        double wanted = random.get(7).modelWidth();
        for (Asking.Order order : List.of(Asking.Order.PAIRS, Asking.Order.JUDGMENTS)) {
            assertThat(replay.of(order).get(0)).isEqualTo(random.get(0));
            assertThat(replay.needed(order, SuggestPoint::modelWidth, wanted)).isLessThan(170);
        }
        assertThat(random).allSatisfy(point -> {
            assertThat(point.agreement()).isBetween(0.0, 1.0);
            assertThat(point.logLoss()).isBetween(0.3, 1.5);
            assertThat(point.accuracy()).isBetween(0.5, 1.0);
            assertThat(point.width()).isPositive();
        });
    }

    @Test
    void noPairIsSuggestedTwice() {
        SuggestSplit split = SuggestSplit.of(data(), 5);
        List<JudgedPrompts.Vote> first = split.pool().subList(0, 60);
        var fit = Fitting.cold(SuggestReplay.store(first));
        for (Asking.Order order : List.of(Asking.Order.PAIRS, Asking.Order.JUDGMENTS)) {
            Asking asking = order.over(split.pool().subList(60, split.pool().size()), first);
            List<String> pairs = new ArrayList<>(
                    first.stream().map(SuggestExperimentTest::pair).distinct().toList());
            int before = pairs.size();
            for (int batch = 0; batch < 5; batch++) {
                asking.next(fit, Vector.of(0), 30).forEach(vote -> pairs.add(pair(vote)));
            }
            assertThat(pairs).hasSize(before + 150).doesNotHaveDuplicates();
        }
    }

    @Test
    void judgmentsNeededAreFoundBetweenTwoBatchesInLogarithms() {
        SuggestReplay replay = new SuggestReplay(
                Map.of(Asking.Order.RANDOM, List.of(point(100, 4), point(400, 2), point(900, 1.5), point(1600, 1))));
        // Widths like 40/√n up to 400.
        assertThat(replay.needed(Asking.Order.RANDOM, SuggestPoint::width, 2.5)).isCloseTo(256, within(1e-9));
        assertThat(replay.needed(Asking.Order.RANDOM, SuggestPoint::width, 5)).isEqualTo(100);
        assertThat(replay.needed(Asking.Order.RANDOM, SuggestPoint::width, 0.9)).isNaN();
    }

    @Test
    void thePageTellsOfEveryOrderAndTarget() throws Exception {
        List<String> findings;
        try (Replications replications = new Replications(1, 100, 2, () -> {})) {
            findings = new SuggestExperiment(data(), List.of(PLAN), List.of(100, 160), List.of(60, 100, 200))
                    .run(replications, folder);
        }
        assertThat(findings)
                .hasSize(6)
                .filteredOn(f -> f.contains("target of 0.7"))
                .hasSize(4);
        String page = Files.readString(folder.resolve("suggest.md"));
        assertThat(page)
                .contains("|100|random order|", "| suggested pairs | default covariance | 160 |")
                .doesNotContain("NaN");
        assertThat(folder.resolve("suggest.png")).isNotEmptyFile();
    }

    private static SuggestPoint point(int judgments, double width) {
        return new SuggestPoint(judgments, width, width, width, 1, 1, 1);
    }

    private static String pair(JudgedPrompts.Vote vote) {
        return vote.prompt() + " " + Math.min(vote.first(), vote.second()) + " "
                + Math.max(vote.first(), vote.second());
    }

    /** About five votes a pair; the last feature is the length. */
    private static JudgedPrompts data() {
        SplittableRandom random = new SplittableRandom(9);
        List<List<Vector>> candidates = new ArrayList<>();
        for (int prompt = 0; prompt < PROMPTS; prompt++) {
            candidates.add(Stream.generate(() -> Vector.of(
                            random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian()))
                    .limit(CANDIDATES)
                    .toList());
        }
        List<JudgedPrompts.Vote> votes = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            int prompt = random.nextInt(PROMPTS);
            int first = random.nextInt(CANDIDATES);
            int second = (first + 1 + random.nextInt(CANDIDATES - 1)) % CANDIDATES;
            Vector difference = candidates
                    .get(prompt)
                    .get(first)
                    .minus(candidates.get(prompt).get(second));
            Comparison asked = new Comparison(1, Vector.of(random.nextDouble() - 0.5), difference, 0.5, 1);
            double preference = random.nextDouble() < ChoiceModel.probability(asked.margin(TRUTH)) ? 1 : 0;
            votes.add(new JudgedPrompts.Vote(
                    i % 70,
                    prompt,
                    first,
                    second,
                    new Comparison(1, asked.context(), asked.difference(), preference, 1)));
        }
        return new JudgedPrompts("test", candidates, votes, 3);
    }
}
